package dev.steward.api;

import dev.steward.model.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text as callers send it, strictly: what is no UTF-8 is refused, and never guessed at. */
public final class Utf8 {
  private Utf8() {}

  /**
   * @param what it is, for the message
   * @throws dev.steward.model.ProblemException MALFORMED if it is no UTF-8
   */
  public static String text(byte[] bytes, String what) {
    return text(ByteBuffer.wrap(bytes), what);
  }

  private static String text(ByteBuffer bytes, String what) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw Problem.of(Problem.Type.MALFORMED, what + " is not UTF-8");
    }
  }

  /**
   * Says whether {@link #unescaped} would take it.
   *
   * @throws dev.steward.model.ProblemException MALFORMED
   */
  public static void check(String raw, String what) {
    if (raw.indexOf('%') >= 0) text(bytes(raw, false, what), what);
  }

  /**
   * Resolves percent-encoding.
   *
   * @param plus whether a plus sign is a space, as in forms and queries
   * @throws dev.steward.model.ProblemException MALFORMED if an escape is none, or stands for what
   *     is no UTF-8 or a zero byte
   */
  public static String unescaped(String raw, boolean plus, String what) {
    return text(bytes(raw, plus, what), what);
  }

  private static ByteBuffer bytes(String raw, boolean plus, String what) {
    byte[] from = raw.getBytes(StandardCharsets.UTF_8);
    ByteBuffer to = ByteBuffer.allocate(from.length);
    for (int i = 0; i < from.length; i++)
      if (from[i] == '%') {
        to.put(escaped(from, i, what));
        i += 2;
      } else to.put(plus && from[i] == '+' ? (byte) ' ' : from[i]);
    return to.flip();
  }

  private static byte escaped(byte[] from, int at, String what) {
    int high = at + 2 < from.length ? Character.digit(from[at + 1], 16) : -1;
    int low = at + 2 < from.length ? Character.digit(from[at + 2], 16) : -1;
    if (high < 0 || low < 0)
      throw Problem.of(
          Problem.Type.MALFORMED, what + " has a % that is not followed by two hexadecimal digits");
    if (high + low == 0) throw Problem.of(Problem.Type.MALFORMED, what + " has a zero byte (%00)");
    return (byte) (high << 4 | low);
  }

  /** Whether each surrogate has its other half, without which the text cannot be written. */
  static boolean isWhole(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isSurrogate(text.charAt(i))) continue;
      boolean pair =
          i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
      if (!pair) return false;
      i++;
    }
    return true;
  }
}
