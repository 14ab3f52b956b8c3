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
    return new Account(
        id,
        organization,
        awsAccount,
        name,
        environment,
        connectionMethod,
        verdict,
        onboarding,
        roleArn,
        externalId,
        credentials,
        regions,
        tags,
        matrix,
        missing,
        connectedAt);
  }

  public Account reconnected(
      @Nullable String arn, @Nullable String external, @Nullable SecretId keys, OnboardingId by) {
    boolean byKeys = keys != null;
    return new Account(
        id,
        organization,
        awsAccount,
        name,
        environment,
        byKeys ? ConnectionMethod.ACCESS_KEYS : ConnectionMethod.ROLE,
        status,
        by,
        byKeys ? null : arn,
        byKeys ? null : external,
        keys,
        regions,
        tags,
        permissions,
        degraded,
        connectedAt);
  }

  public Account described(
      String newName, String newEnvironment, List<String> newRegions, Map<String, String> newTags) {
    return new Account(
        id,
        organization,
        awsAccount,
        newName,
        newEnvironment,
        connectionMethod,
        status,
        onboarding,
        roleArn,
        externalId,
        credentials,
        newRegions,
        newTags,
        permissions,
        degraded,
        connectedAt);
  }
}
