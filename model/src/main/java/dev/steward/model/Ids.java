package dev.steward.model;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/** Makes ids; passed in by constructor so that a test can choose them. */
@FunctionalInterface
public interface Ids {
  Pattern SHAPE = Pattern.compile("[a-z]{3}_[a-z0-9]{4,40}");

  /** A new id of this kind: {@code prefix_} and 20 letters or digits, about 103 bits. */
  String next(String prefix);

  static Ids random() {
    SecureRandom random = new SecureRandom();
    return prefix -> prefix + "_" + text(random, 20);
  }

  private static String text(SecureRandom random, int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) text.append(Character.forDigit(random.nextInt(36), 36));
    return text.toString();
  }

  /**
   * @throws IllegalArgumentException if the value is not an id of this kind
   */
  static void require(String prefix, String value) {
    if (!is(prefix, value)) throw new IllegalArgumentException("not a " + prefix + " id");
  }

  static boolean is(String prefix, String value) {
    return value.startsWith(prefix + "_") && SHAPE.matcher(value).matches();
  }
}
