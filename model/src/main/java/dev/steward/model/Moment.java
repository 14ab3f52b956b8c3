package dev.steward.model;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** How times are written for others: in UTC to the millisecond, all of the same length. */
public final class Moment {
  private static final DateTimeFormatter FORMAT =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private Moment() {}

  public static String written(Instant at) {
    return FORMAT.format(at);
  }
}
