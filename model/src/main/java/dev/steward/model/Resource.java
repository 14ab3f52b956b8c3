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
@Copied
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

  /** The same with other attributes. */
  public Resource with(Map<String, String> others) {
    return ResourceBuilder.builder(this).attributes(others).build();
  }

  /** The same in another state. */
  public Resource in(@Nullable String other) {
    return ResourceBuilder.builder(this).state(other).build();
  }

  public @Nullable String attribute(String key) {
    return attributes.get(key);
  }

  public boolean flag(String key) {
    return "true".equals(attributes.get(key));
  }

  /** Says, as {@code true}, that AWS was asked for the tags and did not tell them. */
  public static final String TAGS_UNKNOWN = "tags_unknown";

  /**
   * Whether the tags are all there are; if not, nobody knows whose it is or whether it is wanted.
   */
  public boolean tagsKnown() {
    return !flag(TAGS_UNKNOWN);
  }

  /** Names what AWS was asked about the resource and did not tell, separated by commas. */
  public static final String DETAILS_MISSING = "details_missing";

  /** Why: the codes that AWS gave. */
  public static final String DETAILS_ERROR = "details_error";

  /** What could not be read of it; null when everything was. Nothing is judged without it. */
  public @Nullable String missing() {
    return attributes.get(DETAILS_MISSING);
  }

  /** Larger than anything AWS counts: exabytes in bytes fit, nonsense does not. */
  private static final double MOST = 1e21;

  /** The attribute as a number, or the other value when it is absent or no sensible number. */
  public double number(String key, double otherwise) {
    String text = attributes.get(key);
    if (text == null) return otherwise;
    try {
      double value = Double.parseDouble(text);
      return Math.abs(value) <= MOST ? value : otherwise;
    } catch (NumberFormatException notANumber) {
      return otherwise;
    }
  }
}
