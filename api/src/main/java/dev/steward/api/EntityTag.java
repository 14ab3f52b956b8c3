package dev.steward.api;

import dev.steward.storage.Blobs;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The name of an answer's bytes (RFC 9110, 8.8.3): other bytes have another one. What is sent
 * compressed has the same name with an ending, for its bytes are others and it is the same.
 */
public final class EntityTag {
  public static final String HEADER = "ETag";
  private static final int BYTES = 16;
  private static final String ZIPPED = "-gzip";
  private static final Pattern TAG = Pattern.compile("(W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")");

  private EntityTag() {}

  /** Of the bytes as they are before anybody compresses them, in its quotes. */
  public static String of(byte[] bytes) {
    return '"' + HexFormat.of().formatHex(Blobs.sha256(bytes), 0, BYTES) + '"';
  }

  /** The same thing compressed. */
  public static String zipped(String tag) {
    return tag.substring(0, tag.length() - 1) + ZIPPED + '"';
  }

  /**
   * The one that a caller named, as they did, if it names this.
   *
   * @param given the values of If-None-Match or If-Match
   * @param weakly whether a weak tag may be meant, as it may where nothing is changed
   */
  public static Optional<String> named(List<String> given, String tag, boolean weakly) {
    String all = String.join(",", given);
    if (all.strip().equals("*")) return Optional.of(tag);
    return TAG.matcher(all)
        .results()
        .filter(found -> weakly || found.group(1) == null)
        .filter(found -> found.group(2).equals(tag) || found.group(2).equals(zipped(tag)))
        .map(MatchResult::group)
        .findFirst();
  }
}
