package dev.steward.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that exists in an account.
 *
 * @param id as AWS names it in its own calls: {@code i-0abc…}, a bucket's name, a load balancer's
 *     ARN
 * @param attributes what checks read, by the names that the catalogue documents; absent means not
 *     known
 */
public record Resource(
    String id,
    String kind,
    String region,
    @Nullable String name,
    @Nullable String state,
    @Nullable Instant createdAt,
    Map<String, String> tags,
    Map<String, String> attributes) {
  public Resource {
    tags = Map.copyOf(tags);
    attributes = Map.copyOf(attributes);
  }

  public @Nullable String attribute(String key) {
    return attributes.get(key);
  }

  public boolean flag(String key) {
    return "true".equals(attributes.get(key));
  }

  /** The attribute as a number, or the other value when it is absent or no number. */
  public double number(String key, double otherwise) {
    String text = attributes.get(key);
    if (text == null) return otherwise;
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException notANumber) {
      return otherwise;
    }
  }
}
