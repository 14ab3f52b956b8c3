package dev.steward.domain.governance.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a regular expression takes before anything is sought with it. RE2 has no backtracking, but
 * writes out what is counted, so that {@code ((a{100}){100}){100}} is a million instructions; it
 * reads the whole expression first, so one that it finds wrong takes nothing. What is counted here
 * is never less than what RE2 makes of it, so everything is read as RE2/J 1.8 reads it: what is
 * quoted, classes, and that {@code a(?i){9}} counts the {@code a}.
 */
final class Patterns {
  /** As in the same limit of Kubernetes' and Envoy's filters, in instructions. */
  static final int LARGEST = 1_000;

  /** In characters; what is written in a condition is no longer. */
  private static final int LONGEST = Conditions.LONGEST;

  /** Parentheses one within the other: RE2's parser calls itself for each. */
  private static final int DEEPEST = 50;

  /** Of what is around every expression: to fail, to begin, to end and to match. */
  private static final int AROUND = 4;

  private static final Pattern COUNTED = Pattern.compile("\\{(\\d{1,9})(,(\\d{0,9}))?}");

  /** It opens no group: what comes next counts what is before it. */
  private static final Pattern FLAGS = Pattern.compile("\\(\\?[imsU-]*\\)");

  private static final Pattern HEX = Pattern.compile("0*[0-9a-fA-F]{1,6}");

  private final String regex;
  private final Deque<Long> outside = new ArrayDeque<>();
  private long sum = AROUND;

  /** Of what a count would count. */
  private long last;

  private boolean endless;

  private Patterns(String regex) {
    this.regex = regex;
  }

  /** Why nobody should compile it, if so. */
  static Optional<String> wrong(String regex) {
    Patterns read = new Patterns(regex);
    if (read.size() > LARGEST)
      return Optional.of(
          "a regular expression must come to at most "
              + LARGEST
              + " instructions when its counts are written out, and have at most "
              + LONGEST
              + " characters");
    return read.endless && Folding.ignoresCase(regex)
        ? Optional.of(Folding.WRONG)
        : Optional.empty();
  }

  /** The size in instructions; larger than {@link #LARGEST} where it is too large or too deep. */
  static long size(String regex) {
    return new Patterns(regex).size();
  }

  private long size() {
    if (regex.length() > LONGEST) return Long.MAX_VALUE;
    int i = 0;
    while (i < regex.length()) {
      i = next(i);
      if (sum > LARGEST || outside.size() > DEEPEST) return Long.MAX_VALUE;
    }
    while (!outside.isEmpty()) sum += outside.pop();
    return sum;
  }

  /** Takes what begins there, and says where it ends. */
  private int next(int at) {
    return switch (regex.charAt(at)) {
      case '(' -> open(at);
      case ')' -> {
        last = sum + 2;
        sum = (outside.isEmpty() ? 0 : outside.pop()) + last;
        yield at + 1;
      }
      case '{' -> counted(at);
      case '[' -> one(classEnd(at));
      case '\\' -> regex.startsWith("\\Q", at) ? quoted(at) : one(single(at));
      case '*', '+', '?', '|' -> {
        last += 2;
        sum += 2;
        yield at + 1;
      }
      default -> one(single(at));
    };
  }

  /** A character or a class, which is one instruction whatever is in it. */
  private int one(int end) {
    last = 1;
    sum++;
    return end;
  }

  private int open(int at) {
    Matcher flags = FLAGS.matcher(regex).region(at, regex.length());
    if (flags.lookingAt()) return flags.end();
    outside.push(sum);
    sum = 1;
    last = 0;
    return at + 1;
  }

  private int counted(int at) {
    Matcher counted = COUNTED.matcher(regex).region(at, regex.length());
    if (!counted.lookingAt()) return one(at + 1);
    long written = ValueSize.times(last + 1, times(counted));
    sum += written - last;
    last = written;
    return counted.end();
  }

  private static long times(Matcher counted) {
    long least = Long.parseLong(counted.group(1));
    String most = counted.group(3);
    return Math.max(1, most == null || most.isEmpty() ? least + 1 : Long.parseLong(most));
  }

  /** Each character of it is itself; a quote of nothing is nothing. */
  private int quoted(int at) {
    int from = at + 2;
    int end = regex.indexOf("\\E", from);
    int to = end < 0 ? regex.length() : end;
    if (to > from) last = 1;
    sum += to - from;
    regex.substring(from, to).codePoints().forEach(c -> met(c, c));
    return end < 0 ? to : end + 2;
  }

  private int classEnd(int from) {
    int i = from + 1;
    if (is(i, '^')) i++;
    // As the first one it is in the class.
    boolean first = true;
    while (i < regex.length() && (first || !is(i, ']'))) {
      first = false;
      i = memberEnd(i);
    }
    return Math.min(i + 1, regex.length());
  }

  /**
   * Of {@code [:alpha:]}, of a class like {@code \d}, of a character, or of two with all between.
   */
  private int memberEnd(int at) {
    int named = regex.startsWith("[:", at) ? regex.indexOf(":]", at) : -1;
    if (named >= 0) return named + 2;
    int end = characterEnd(at);
    boolean several = is(at, '\\') && at + 1 < end && "pPdDsSwW".indexOf(regex.charAt(at + 1)) >= 0;
    if (several) return end;
    boolean range = is(end, '-') && end + 1 < regex.length() && !is(end + 1, ']');
    met(character(at), character(range ? end + 1 : at));
    return range ? characterEnd(end + 1) : end;
  }

  private void met(int from, int to) {
    endless |= Folding.isEndless(from, to);
  }

  private int single(int at) {
    met(character(at), character(at));
    return characterEnd(at);
  }

  /** What is meant there, as far as it is beyond ASCII. */
  private int character(int at) {
    if (!is(at, '\\') || at + 1 == regex.length()) return regex.codePointAt(at);
    int end = characterEnd(at);
    if (!regex.startsWith("\\x{", at) || end < at + 5) return regex.codePointAt(at + 1);
    String hex = regex.substring(at + 3, end - 1);
    // RE2 takes nothing else for a number.
    return HEX.matcher(hex).matches() ? Integer.parseInt(hex, 16) : 0;
  }

  private int characterEnd(int at) {
    if (at >= regex.length()) return at;
    return is(at, '\\') ? escapeEnd(at) : at + Character.charCount(regex.codePointAt(at));
  }

  private int escapeEnd(int at) {
    int named = at + 2;
    if (is(named, '{') && "pPx".indexOf(regex.charAt(at + 1)) >= 0) {
      int end = regex.indexOf('}', named);
      return end < 0 ? regex.length() : end + 1;
    }
    return at + 1 < regex.length()
        ? at + 1 + Character.charCount(regex.codePointAt(at + 1))
        : at + 1;
  }

  private boolean is(int at, char c) {
    return at < regex.length() && regex.charAt(at) == c;
  }
}
