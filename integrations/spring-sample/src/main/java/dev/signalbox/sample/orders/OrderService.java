package dev.signalbox.sample.orders;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The orders. What limits their calls of the ledger is in orders.yml. */
@SpringBootApplication
public class OrderService {}
