package dev.steward.api;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/** The known name that somebody who wrote an unknown one most likely meant. */
final class Nearest {
  /** No name of ours is longer; what is cannot be near to one. */
  private static final int LONGEST = 80;

  private Nearest() {}

  /** The known name that takes the fewest changes of a letter, if those are few. */
  static Optional<String> to(String given, Collection<String> known) {
    if (given.length() > LONGEST) return Optional.empty();
    return new TreeSet<>(known)
        .stream()
            .filter(name -> distance(given, name) <= far(given))
            .min(Comparator.comparingInt(name -> distance(given, name)));
  }

  /** So many letters may be others: half of them, and never all. */
  private static int far(String given) {
    return Math.min(given.length() - 1, Math.max(2, given.length() / 2));
  }

  /** What is appended to a refusal: the name that was meant, or nothing. */
  static String hint(String given, Collection<String> known) {
    return to(given, known).map(name -> "; did you mean " + name + "?").orElse("");
  }

  /** Levenshtein's: letters that are inserted, left out or exchanged. */
  static int distance(String one, String other) {
    int[] above = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) above[j] = j;
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++)
        row[j] =
            Math.min(
                Math.min(row[j - 1], above[j]) + 1,
                above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1));
      above = row;
    }
    return above[other.length()];
  }
}
