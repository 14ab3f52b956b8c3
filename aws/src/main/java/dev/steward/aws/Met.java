package dev.steward.aws;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * How often each state of passage has ended an attempt of an activity: each has a patience of its
 * own, whatever else the activity was tried again for. Bound to the thread of the activity.
 */
final class Met {
  private static final ScopedValue<Met> CURRENT = ScopedValue.newInstance();

  private final Map<String, Integer> times = new ConcurrentHashMap<>();

  /** The how-manieth time it is that this thread's activity meets the state; 1 outside of one. */
  static int time(String code) {
    return CURRENT.isBound() ? CURRENT.get().times.getOrDefault(code, 0) + 1 : 1;
  }

  /** Once an attempt has ended with it. */
  void add(String code) {
    times.merge(code, 1, Integer::sum);
  }

  <T> T during(Supplier<T> work) {
    return ScopedValue.where(CURRENT, this).call(work::get);
  }
}
