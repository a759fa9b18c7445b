package dev.signalbox.sample.ledger;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The ledger's paths. */
@RestController
final class LedgerController {
  private final Ledger ledger;

  LedgerController(Ledger ledger) {
    this.ledger = ledger;
  }

  @PostMapping("/entries")
  String book() throws InterruptedException {
    return "entry " + ledger.book();
  }

  @GetMapping("/figures")
  Ledger.Figures figures() {
    return ledger.figures();
  }
}
