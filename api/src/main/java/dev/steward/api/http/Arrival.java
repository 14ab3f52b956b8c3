package dev.steward.api.http;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** A request as it came over the wire. */
interface Arrival {
  String method();

  /** Decoded, without the query. */
  String path();

  /** As it was sent. */
  String rawPath();

  /** As it was sent, behind the question mark; empty if there is none. */
  String rawQuery();

  /** Every value of a header, as it stands; empty if it was not sent. */
  List<String> all(String header);

  default Optional<String> first(String header) {
    return all(header).stream().findFirst();
  }

  /** Whether every header has a name. */
  boolean isNamed();

  boolean hasBody();

  /**
   * The body, to be read once.
   *
   * @param atOnce how many bytes of it may be here without being read
   * @param kept whether what is read stays in memory
   */
  InputStream body(long atOnce, boolean kept);

  /** How long the body says that it is; -1 where it does not. */
  long length();
}
