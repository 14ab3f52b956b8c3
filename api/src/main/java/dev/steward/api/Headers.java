package dev.steward.api;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.util.concurrent.ConcurrentHashMap;

/** Helidon's names of the headers that we know, each of which is made once. */
public final class Headers {
  private static final ConcurrentHashMap<String, HeaderName> KNOWN = new ConcurrentHashMap<>();

  private Headers() {}

  /**
   * @param header as our own code spells it; never what a caller has sent, for it is kept
   */
  public static HeaderName named(String header) {
    HeaderName known = KNOWN.get(header);
    return known == null ? KNOWN.computeIfAbsent(header, HeaderNames::create) : known;
  }
}
