package dev.steward.domain.lab;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Groups of series that a better mean may have been paid for by: the small ones and the large ones,
 * and those that share a word of their names, such as a kind of resource or a region.
 */
final class Groups {
  private static final int LEAST = 4;
  private static final int MOST_WORDS = 12;
  private static final int POSITIONS = 6;
  private static final String[] QUARTERS = {
    "smallest quarter", "smaller half", "larger half", "largest quarter"
  };

  private Groups() {}

  /**
   * The series of each group, by its name; a group has at least four.
   *
   * @param ids of the series, and {@code series} their values
   */
  static Map<String, int[]> of(List<String> ids, List<double[]> series) {
    Map<String, int[]> groups = new LinkedHashMap<>();
    quarters(series, groups);
    for (int position = 0; position < POSITIONS; position++) words(ids, position, groups);
    return groups;
  }

  private static void quarters(List<double[]> series, Map<String, int[]> groups) {
    if (series.size() < QUARTERS.length * LEAST) return;
    List<Integer> bySize = new ArrayList<>(IntStream.range(0, series.size()).boxed().toList());
    bySize.sort(
        Comparator.comparingDouble(
            i -> Arrays.stream(series.get(i)).map(Math::abs).average().orElse(0)));
    for (int q = 0; q < QUARTERS.length; q++)
      groups.put(
          QUARTERS[q],
          bySize
              .subList(
                  q * bySize.size() / QUARTERS.length, (q + 1) * bySize.size() / QUARTERS.length)
              .stream()
              .mapToInt(Integer::intValue)
              .toArray());
  }

  private static void words(List<String> ids, int position, Map<String, int[]> groups) {
    Map<String, List<Integer>> byWord = new TreeMap<>();
    for (int i = 0; i < ids.size(); i++) {
      String[] words = ids.get(i).split(" ", -1);
      if (words.length > position)
        byWord.computeIfAbsent(words[position], w -> new ArrayList<>()).add(i);
    }
    if (byWord.size() < 2 || byWord.size() > MOST_WORDS) return;
    byWord.forEach((word, members) -> {
      if (members.size() >= LEAST)
        groups.put(word, members.stream().mapToInt(Integer::intValue).toArray());
    });
  }
}
