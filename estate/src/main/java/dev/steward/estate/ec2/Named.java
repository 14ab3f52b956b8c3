package dev.steward.estate.ec2;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Ids that something names. */
final class Named {
  private static final Pattern IMAGE = Pattern.compile("\\bami-[0-9a-f]{8,17}\\b");

  private Named() {}

  /** Versions name the same again and again. */
  static @Nullable Object distinct(Object ids) {
    return ids instanceof Collection<?> all
        ? all.stream().filter(Objects::nonNull).distinct().toList()
        : ids;
  }

  /** Every image that the text names. */
  static List<String> images(Object text) {
    return IMAGE.matcher(text.toString()).results().map(MatchResult::group).distinct().toList();
  }
}
