package dev.steward.estate;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of AWS with names and accounts of its own (IAM user guide, Amazon Resource Names; AWS in
 * China, <a href="https://docs.amazonaws.cn/en_us/aws/latest/userguide/ARNs.html">ARNs and
 * endpoints</a>).
 */
public enum Partition {
  AWS("aws", "", "amazonaws.com", "us-east-1", "us-east-1"),
  CHINA("aws-cn", "cn-", "amazonaws.com.cn", "cn-north-1", "cn-northwest-1"),
  /** Its bills are those of the commercial account beside each account (GovCloud user guide). */
  US_GOV("aws-us-gov", "us-gov-", "amazonaws.com", "us-gov-west-1", null);

  private final String id;
  private final String regions;
  private final String host;
  private final String globalRegion;
  private final @Nullable String costRegion;

  Partition(
      String id, String regions, String host, String globalRegion, @Nullable String costRegion) {
    this.id = id;
    this.regions = regions;
    this.host = host;
    this.globalRegion = globalRegion;
    this.costRegion = costRegion;
  }

  /** As it stands in ARNs. */
  public String id() {
    return id;
  }

  /** What the names of its services end in. */
  public String host() {
    return host;
  }

  /**
   * The region at whose endpoint it is asked about what lies in none, such as roles and the list of
   * buckets (AWS general reference, IAM endpoints).
   */
  public String globalRegion() {
    return globalRegion;
  }

  /** Where its Cost Explorer is (AWS general reference, endpoints); empty where it has none. */
  public Optional<String> costRegion() {
    return Optional.ofNullable(costRegion);
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
