package dev.steward.domain.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.instancio.Instancio.gen;

import dev.steward.domain.governance.policy.Windows;
import dev.steward.model.Window;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.instancio.junit.InstancioExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** When a policy lets a change begin. */
@ExtendWith(InstancioExtension.class)
final class WindowProperties {
  @Test
  void windowsMoveWithDaylightSaving() {
    Window night = new Window(List.of(DayOfWeek.SATURDAY), "22:00", "04:00", "Europe/Berlin");
    // Summer time: 22:00 is 20:00 UTC; winter time, from 25 October 2026: 21:00 UTC.
    assertThat(open("2026-10-23T12:00:00Z", night)).contains(Instant.parse("2026-10-24T20:00:00Z"));
    assertThat(open("2026-10-30T12:00:00Z", night)).contains(Instant.parse("2026-10-31T21:00:00Z"));
    // The night of the change has an hour more: it closes at 04:00 winter time, 03:00 UTC.
    assertThat(open("2026-10-25T02:59:00Z", night)).contains(Instant.parse("2026-10-25T02:59:00Z"));
    assertThat(open("2026-10-25T03:00:00Z", night)).contains(Instant.parse("2026-10-31T21:00:00Z"));
    // In spring 02:30 is skipped: a window from 02:30 opens at 03:30 summer time, 01:30 UTC.
    Window gap = new Window(List.of(), "02:30", "05:00", "Europe/Berlin");
    assertThat(open("2027-03-28T00:00:00Z", gap)).contains(Instant.parse("2027-03-28T01:30:00Z"));
  }

  private static Optional<Instant> open(String now, Window... windows) {
    return Windows.nextOpen(List.of(List.of(windows)), Instant.parse(now));
  }

  @Test
  void everyRuleNeedsAnOpenWindow() {
    Window morning = new Window(List.of(), "06:00", "12:00", "UTC");
    Window noon = new Window(List.of(), "11:00", "13:00", "UTC");
    Window evening = new Window(List.of(), "18:00", "19:00", "UTC");
    Instant now = Instant.parse("2026-11-20T07:00:00Z");
    assertThat(Windows.nextOpen(List.of(List.of(morning), List.of(noon)), now))
        .contains(Instant.parse("2026-11-20T11:00:00Z"));
    assertThat(Windows.nextOpen(List.of(List.of(morning, evening), List.of(evening)), now))
        .contains(Instant.parse("2026-11-20T18:00:00Z"));
    assertThat(Windows.nextOpen(List.of(List.of(morning), List.of(evening)), now)).isEmpty();
    assertThat(Windows.nextOpen(List.of(), now)).contains(now);
  }

  /** A ruling of before they were counted may have any number, and the store's writer looks. */
  @Test
  void moreWindowsThanARulingMayHaveAreNotSearched() {
    Window always = new Window(List.of(), "00:00", "23:59", "UTC");
    assertThat(Windows.nextOpen(Collections.nCopies(50, List.of(always)), Samples.NOW)).isPresent();
    assertThat(Windows.nextOpen(Collections.nCopies(51, List.of(always)), Samples.NOW)).isEmpty();
    assertThat(Windows.nextOpen(List.of(Collections.nCopies(51, always)), Samples.NOW)).isEmpty();
  }

  @Test
  void aWindowIsOpenWhenItSaysSo() {
    for (int round = 0; round < 1_000; round++)
      opens(hour(), hour(), gen().ints().range(0, 500).get());
  }

  private static int hour() {
    return gen().ints().range(0, 23).get();
  }

  private static void opens(int from, int to, int hours) {
    if (from == to) return;
    Window window =
        new Window(
            List.of(),
            String.format(Locale.ROOT, "%02d:00", from),
            String.format(Locale.ROOT, "%02d:00", to),
            "UTC");
    Instant now = Samples.NOW.plusSeconds(hours * 3_600L);
    int hour = (12 + hours) % 24;
    boolean inside = from < to ? hour >= from && hour < to : hour >= from || hour < to;
    assertThat(Windows.nextOpen(List.of(List.of(window)), now).orElseThrow().equals(now))
        .as("from %s to %s, %s hours later", from, to, hours)
        .isEqualTo(inside);
  }
}
