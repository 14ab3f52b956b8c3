package dev.steward.model;

import java.time.DayOfWeek;
import java.util.List;

/**
 * A maintenance window: from a time of day to another, past midnight where {@code to} is not after
 * {@code from}.
 *
 * @param days those on which it begins; empty means every day
 * @param from {@code HH:mm} in the zone
 * @param zone an IANA time zone such as {@code Europe/Berlin}
 */
public record Window(List<DayOfWeek> days, String from, String to, String zone) {
  public Window {
    days = List.copyOf(days);
  }
}
