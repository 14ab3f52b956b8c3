package dev.steward.api.http;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** A request as it came over the wire. */
interface Arrival {
  String method();

  /** Decoded, without the query. */
  String path();

  /** Every value of a header, as it stands; empty if it was not sent. */
  List<String> all(String header);

  default Optional<String> first(String header) {
    return all(header).stream().findFirst();
  }

  boolean hasBody();

  /** The body, to be read once. */
  InputStream body();
}
