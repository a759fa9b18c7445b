package dev.signalbox.spring.app;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** A ledger behind HTTP. */
@SpringBootConfiguration
@EnableAutoConfiguration
public class LedgerApp {
  @Bean
  Ledger ledger() {
    return new Ledger();
  }

  @Bean
  LedgerController ledgerController(Ledger ledger) {
    return new LedgerController(ledger);
  }
}
