package dev.signalbox.sample.ledger;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The ledger. What limits it is in ledger.yml. */
@SpringBootApplication
public class LedgerService {}
