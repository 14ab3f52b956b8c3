package dev.steward.domain.governance.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large the program of a regular expression gets (RE2: it has no backtracking, but writes out
 * what is counted, so that {@code ((a{100}){100}){100}} is a million instructions). What is counted
 * here is never less than what RE2 makes of it, save for a constant of a few.
 */
final class Patterns {
  /** As in the same limit of Kubernetes' and Envoy's filters, in instructions. */
  static final int LARGEST = 1_000;

  /** Parentheses one within the other: RE2's parser calls itself for each. */
  private static final int DEEPEST = 50;

  private static final Pattern COUNTED = Pattern.compile("\\{(\\d{1,9})(,(\\d{0,9}))?}");

  private Patterns() {}

  /** The size in instructions; larger than {@link #LARGEST} where it is too large or too deep. */
  static long size(String regex) {
    Deque<Long> outside = new ArrayDeque<>();
    Matcher counted = COUNTED.matcher(regex);
    long sum = 1;
    long last = 0;
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      switch (c) {
        case '(' -> {
          outside.push(sum);
          if (outside.size() > DEEPEST) return Long.MAX_VALUE;
          sum = 1;
          last = 0;
        }
        case ')' -> {
          last = sum + 2;
          sum = (outside.isEmpty() ? 0 : outside.pop()) + last;
        }
        case '{' -> {
          if (!counted.find(i) || counted.start() != i) {
            last = 1;
            sum++;
            continue;
          }
          long times = times(counted);
          sum = sum - last + Shape.times(last + 1, times);
          last = Shape.times(last + 1, times);
          i = counted.end() - 1;
        }
        case '[' -> {
          i = classEnd(regex, i);
          last = 1;
          sum++;
        }
        case '\\' -> {
          i++;
          last = 1;
          sum++;
        }
        case '*', '+', '?', '|' -> {
          last += 2;
          sum += 2;
        }
        default -> {
          last = 1;
          sum++;
        }
      }
      if (sum > LARGEST) return sum;
    }
    while (!outside.isEmpty()) sum += outside.pop();
    return sum;
  }

  private static long times(Matcher counted) {
    long least = Long.parseLong(counted.group(1));
    String most = counted.group(3);
    return Math.max(1, most == null || most.isEmpty() ? least + 1 : Long.parseLong(most));
  }

  /** A class is one instruction, whatever is in it. */
  private static int classEnd(String regex, int from) {
    int i = from + 1;
    if (i < regex.length() && regex.charAt(i) == '^') i++;
    if (i < regex.length() && regex.charAt(i) == ']') i++;
    while (i < regex.length() && regex.charAt(i) != ']') {
      if (regex.charAt(i) == '\\') i++;
      // As in [[:alpha:]].
      if (regex.startsWith("[:", i)) i = Math.max(i, regex.indexOf(":]", i) + 1);
      i++;
    }
    return i;
  }
}
