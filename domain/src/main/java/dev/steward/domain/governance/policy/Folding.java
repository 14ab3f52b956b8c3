package dev.steward.domain.governance.policy;

import java.util.regex.Pattern;

/**
 * Regular expressions that ignore the case of letters. RE2/J 1.8 goes round a letter's cases until
 * it is back, and never comes back from those that Unicode 9 added to old Cyrillic ones.
 */
final class Folding {
  static final String WRONG =
      "a regular expression with (?i) must have none of the letters U+1C80 to U+1C88, not even"
          + " within a range";

  private static final int FROM = 0x1c80;
  private static final int TO = 0x1c88;

  /** Wherever it is: what is quoted is taken for it too. */
  private static final Pattern IGNORES_CASE = Pattern.compile("\\(\\?[imsU-]*i");

  private Folding() {}

  static boolean ignoresCase(String regex) {
    return IGNORES_CASE.matcher(regex).find();
  }

  /** Whether RE2/J would not come back from one of these characters. */
  static boolean isEndless(int from, int to) {
    return from <= TO && to >= FROM;
  }
}
