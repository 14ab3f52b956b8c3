package dev.steward.domain.governance.policy;

import dev.steward.model.Window;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/** When maintenance windows are open; in local time, so that they move with daylight saving. */
public final class Windows {
  private static final Duration HORIZON = Duration.ofDays(366);

  /** A search for the next time at which all are open looks at each of them up to 730 times. */
  static final int MOST = 50;

  private Windows() {}

  /** Whether there are more than anybody searches: writes wait for the search. */
  static boolean areTooMany(List<List<Window>> lists) {
    return lists.stream().mapToInt(List::size).sum() > MOST;
  }

  /**
   * The first moment from now on at which every list has an open window; empty when there is none
   * within a year, or there are too many to look, as in a ruling of before they were counted.
   */
  public static Optional<Instant> nextOpen(List<List<Window>> lists, Instant now) {
    if (areTooMany(lists)) return Optional.empty();
    Instant candidate = now;
    while (Duration.between(now, candidate).compareTo(HORIZON) <= 0) {
      Instant latest = candidate;
      for (List<Window> any : lists) {
        Instant from = candidate;
        Optional<Instant> next =
            any.stream()
                .map(w -> nextOpen(w, from))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
        if (next.isEmpty()) return Optional.empty();
        if (next.get().isAfter(latest)) latest = next.get();
      }
      if (latest.equals(candidate)) return Optional.of(candidate);
      candidate = latest;
    }
    return Optional.empty();
  }

  private static Optional<Instant> nextOpen(Window window, Instant now) {
    ZoneId zone = ZoneId.of(window.zone());
    LocalTime from = LocalTime.parse(window.from());
    LocalTime to = LocalTime.parse(window.to());
    // One that began yesterday may still be open.
    LocalDate first = now.atZone(zone).toLocalDate().minusDays(1);
    for (int i = 0; i <= 8; i++) {
      LocalDate day = first.plusDays(i);
      if (!window.days().isEmpty() && !window.days().contains(day.getDayOfWeek())) continue;
      Instant opens = ZonedDateTime.of(day, from, zone).toInstant();
      Instant closes =
          ZonedDateTime.of(to.isAfter(from) ? day : day.plusDays(1), to, zone).toInstant();
      if (closes.isAfter(now) && closes.isAfter(opens))
        return Optional.of(opens.isAfter(now) ? opens : now);
    }
    return Optional.empty();
  }

  /** What is wrong with the window, if anything. */
  public static Optional<String> wrong(Window window) {
    try {
      ZoneId.of(window.zone());
    } catch (DateTimeException e) {
      return Optional.of("zone must be a time zone such as Europe/Berlin");
    }
    try {
      if (LocalTime.parse(window.from()).equals(LocalTime.parse(window.to())))
        return Optional.of("from and to must differ");
      return Optional.empty();
    } catch (DateTimeException e) {
      return Optional.of("from and to must be times such as 22:00");
    }
  }
}
