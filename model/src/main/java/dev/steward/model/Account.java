package dev.steward.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connected AWS account.
 *
 * @param regions the regions to look at; empty means every enabled one
 * @param credentials where the sealed access keys lie, for {@code ACCESS_KEYS}
 * @param degraded features that miss a permission
 */
@Copied
public record Account(
    AccountId id,
    OrganizationId organization,
    AwsAccountId awsAccount,
    String name,
    String environment,
    ConnectionMethod connectionMethod,
    Status status,
    OnboardingId onboarding,
    @Nullable String roleArn,
    @Nullable String externalId,
    @Nullable SecretId credentials,
    List<String> regions,
    Map<String, String> tags,
    List<Permission> permissions,
    List<String> degraded,
    Instant connectedAt) {

  /**
   * DEGRADED: some features lack permissions. FAILED: the last verification was refused, or
   * everything that the last discovery asked.
   */
  public enum Status {
    CONNECTED,
    DEGRADED,
    FAILED
  }

  public Account {
    regions = List.copyOf(regions);
    tags = Map.copyOf(tags);
    permissions = List.copyOf(permissions);
    degraded = List.copyOf(degraded);
  }

  public Account verified(Status verdict, List<Permission> matrix, List<String> missing) {
    return AccountBuilder.builder(this)
        .status(verdict)
        .permissions(matrix)
        .degraded(missing)
        .build();
  }

  public Account reconnected(
      @Nullable String arn, @Nullable String external, @Nullable SecretId keys, OnboardingId by) {
    boolean byKeys = keys != null;
    return AccountBuilder.builder(this)
        .connectionMethod(byKeys ? ConnectionMethod.ACCESS_KEYS : ConnectionMethod.ROLE)
        .onboarding(by)
        .roleArn(byKeys ? null : arn)
        .externalId(byKeys ? null : external)
        .credentials(keys)
        .build();
  }

  public Account described(
      String newName, String newEnvironment, List<String> newRegions, Map<String, String> newTags) {
    return AccountBuilder.builder(this)
        .name(newName)
        .environment(newEnvironment)
        .regions(newRegions)
        .tags(newTags)
        .build();
  }
}
