package dev.signalbox.spring.app;

import java.util.concurrent.CompletableFuture;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The ledger's paths. Those below /door are limited by the filter. */
@RestController
public class LedgerController {
  private final Ledger ledger;

  LedgerController(Ledger ledger) {
    this.ledger = ledger;
  }

  @GetMapping("/book")
  String book() {
    return ledger.book();
  }

  @GetMapping("/book-later")
  CompletableFuture<String> bookLater() {
    return ledger.bookLater();
  }

  @GetMapping("/statements/{tenant}")
  String statement(@PathVariable String tenant) {
    return ledger.statement(tenant);
  }

  @GetMapping("/door/book")
  String behindTheDoor() {
    return ledger.begin().join();
  }

  @GetMapping("/door/book-later")
  CompletableFuture<String> behindTheDoorLater() {
    return ledger.begin();
  }
}
