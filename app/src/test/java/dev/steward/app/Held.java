package dev.steward.app;

import dev.steward.testing.ApiClient;
import dev.steward.testing.Contract;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Clients whose every answer is held to the document that the platform serves. It is the same for
 * all platforms of a run, so that the first one that answers tells it.
 */
final class Held {
  private static volatile @Nullable Contract contract;

  private Held() {}

  static ApiClient at(URI base) {
    ApiClient unheld = ApiClient.at(base);
    return unheld.held((method, path, answer) -> contract(unheld).hold(method, path, answer));
  }

  private static Contract contract(ApiClient unheld) {
    Contract known = contract;
    if (known != null) return known;
    synchronized (Held.class) {
      if (contract == null) contract = new Contract(unheld.get("/openapi.json").ok());
      return contract;
    }
  }
}
