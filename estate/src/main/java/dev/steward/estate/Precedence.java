package dev.steward.estate;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which check tells of a resource that two of them find: its money is counted once, and the plan is
 * the one that saves more. A check stands back only for what the other one really tells, with the
 * settings in force: one that is switched off tells nothing, and neither does one whose thresholds
 * the resource does not meet.
 *
 * <p>A finding that a person dismissed or exempted tells nothing any more either: they spoke of
 * that finding alone, so that a standby which is meant to be idle may still be too large. An
 * exemption for every check covers the other one by itself.
 *
 * <p>Checks whose conditions exclude each other need no row: {@code old_snapshot} is about volumes
 * that are there and {@code orphan_snapshot} about those that are gone, whatever is switched on.
 */
public final class Precedence {
  /**
   * @param check stands back
   * @param before for this one
   * @param why what makes the other one the better finding
   */
  public record Row(String check, String before, String why) {}

  public static final List<Row> ALL =
      List.of(
          new Row(
              "oversized_instance",
              "idle_instance",
              "what does nothing need not get smaller, and stopping it saves more"),
          new Row(
              "gp2_volume",
              "unattached_volume",
              "a volume that is deleted need not be changed, and deleting it saves more"));

  private Precedence() {}

  /** Whether another check has told of the same resource already. */
  static boolean standsBack(WasteCheck check, Predicate<String> told) {
    return ALL.stream()
        .filter(row -> row.check().equals(check.id()))
        .anyMatch(row -> told.test(row.before()));
  }

  /** The checks for which others stand back. */
  static Set<String> first() {
    return ALL.stream().map(Row::before).collect(java.util.stream.Collectors.toUnmodifiableSet());
  }
}
