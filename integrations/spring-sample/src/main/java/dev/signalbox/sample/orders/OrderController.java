package dev.signalbox.sample.orders;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The orders' paths. */
@RestController
final class OrderController {
  private final LedgerClient ledger;

  OrderController(LedgerClient ledger) {
    this.ledger = ledger;
  }

  /** An order of a tenant. One that is refused by the limiter is answered with 429. */
  @PostMapping("/orders/{tenant}")
  String order(@PathVariable String tenant) {
    return ledger.book(tenant);
  }
}
