package dev.steward.aws;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How AWS is reached.
 *
 * @param endpoint one URL for all services, or null for AWS itself
 * @param homeRegion where the platform's own calls go
 * @param pageSize at most so many resources a page; AWS's own limits hold as well
 * @param requestsPerSecond how fast each (account, region, service) is asked at most, before AWS
 *     says to slow down
 */
public record AwsSettings(
    @Nullable URI endpoint, String homeRegion, int pageSize, double requestsPerSecond) {
  public static final AwsSettings DEFAULTS = new AwsSettings(null, "us-east-1", 1_000, 20);

  /** The page size under the limit that the operation has. */
  public int page(int limit) {
    return Math.min(pageSize, limit);
  }
}
