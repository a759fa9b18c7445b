package dev.signalbox.sample.orders;

import dev.signalbox.spring.LimitKey;
import dev.signalbox.spring.Limited;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Calls the ledger. */
@Component
class LedgerClient {
  private final RestClient http;

  LedgerClient(@Value("${ledger.url}") String url) {
    http = RestClient.create(url);
  }

  @Limited("ledger")
  String book(@LimitKey("tenant") String tenant) {
    String entry = http.post().uri("/entries").retrieve().body(String.class);
    return entry + " for " + tenant;
  }
}
