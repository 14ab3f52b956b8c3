package dev.steward.bench.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** What was acknowledged, each with the question whether it still holds. */
final class Promises {
  /**
   * A promise.
   *
   * @param kind what sort of write it was
   * @param broken empty where it holds, else what is wrong
   */
  private record Promise(String kind, Supplier<String> broken) {}

  private final Queue<Promise> given = new ConcurrentLinkedQueue<>();
  private volatile String asked = "";

  /** Written down at the moment of the acknowledgement. */
  void given(String kind, Supplier<String> broken) {
    given.add(new Promise(kind, broken));
  }

  /** The kind that is being asked about, for when that has no end. */
  String asked() {
    return asked;
  }

  /** How many of each kind there are. */
  Map<String, Integer> counted() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    given.forEach(p -> counts.merge(p.kind(), 1, Integer::sum));
    return counts;
  }

  /** Asks each; what does not hold is in the answer. */
  List<String> broken() {
    List<String> broken = new ArrayList<>();
    for (Promise promise : given) {
      asked = promise.kind();
      String wrong = promise.broken().get();
      if (!wrong.isEmpty()) broken.add(promise.kind() + ": " + wrong);
    }
    return broken;
  }
}
