package dev.steward.estate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A part of AWS with names and accounts of its own (IAM user guide, Amazon Resource Names; AWS in
 * China, <a href="https://docs.amazonaws.cn/en_us/aws/latest/userguide/ARNs.html">ARNs and
 * endpoints</a>).
 */
public enum Partition {
  AWS("aws", "", "amazonaws.com"),
  CHINA("aws-cn", "cn-", "amazonaws.com.cn"),
  US_GOV("aws-us-gov", "us-gov-", "amazonaws.com");

  private final String id;
  private final String regions;
  private final String host;

  Partition(String id, String regions, String host) {
    this.id = id;
    this.regions = regions;
    this.host = host;
  }

  /** As it stands in ARNs. */
  public String id() {
    return id;
  }

  /** What the names of its services end in. */
  public String host() {
    return host;
  }

  /** The usual one where the ARN says nothing. */
  public static Partition of(@Nullable String arn) {
    String[] parts = arn == null ? new String[0] : arn.split(":", 3);
    return Arrays.stream(values())
        .filter(p -> parts.length > 1 && p.id.equals(parts[1]))
        .findFirst()
        .orElse(AWS);
  }

  public static Partition ofRegion(String region) {
    return region.startsWith(CHINA.regions)
        ? CHINA
        : region.startsWith(US_GOV.regions) ? US_GOV : AWS;
  }
}
