package dev.steward.activities.onboarding;

import dev.steward.aws.AwsAccess;
import dev.steward.aws.AwsError;
import dev.steward.aws.Connection;
import dev.steward.aws.Lister;
import dev.steward.aws.RegionClients;
import dev.steward.estate.KeyUse;
import dev.steward.estate.Kind;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.AccountFeature;
import dev.steward.model.Ids;
import dev.steward.model.Onboarding;
import dev.steward.model.OnboardingId;
import dev.steward.model.Permission;
import dev.steward.model.Resource;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.workflows.onboarding.ConnectionActivities;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.SdkException;

/** Tries connections against AWS. */
public final class AwsConnectionActivities implements ConnectionActivities {
  private final Store store;
  private final AwsAccess aws;
  private final Ids ids;

  public AwsConnectionActivities(Store store, AwsAccess aws, Ids ids) {
    this.store = store;
    this.aws = aws;
    this.ids = ids;
  }

  @Override
  public Assumption assume(AssumeRequest request) {
    Connection connection = Connection.of(onboarding(request.onboarding()));
    try {
      AwsCredentials inside =
          connection.keys() != null
              ? aws.keys(connection)
              : aws.assume(as(connection, request.attempt()));
      return new Assumption(true, aws.accountOf(connection, inside), "AWS let us in");
    } catch (SdkException refused) {
      return switch (AwsError.of(refused)) {
        case DENIED, BAD_CREDENTIALS, EXPIRED, PERMANENT, GONE, UNAVAILABLE ->
            new Assumption(false, null, "AWS refused: " + AwsError.code(refused));
        case PASSING, THROTTLED, BUSY, UNREACHABLE -> throw refused;
      };
    }
  }

  private Connection as(Connection connection, Attempt attempt) {
    return switch (attempt) {
      case WITH_EXTERNAL_ID -> connection;
      case WITHOUT_EXTERNAL_ID -> connection.withExternalId(null);
      case WITH_WRONG_EXTERNAL_ID -> connection.withExternalId(ids.next("not"));
    };
  }

  @Override
  public List<Permission> permissions(OnboardingId id) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    Onboarding onboarding = onboarding(id);
    Connection connection = Connection.of(onboarding);
    RegionClients clients = RegionClients.global(aws, connection).probing();
    List<Permission> matrix = new ArrayList<>();
    List<Resource> seen = new ArrayList<>();
    try {
      matrix.add(
          permission("regions", "ec2:DescribeRegions", () -> clients.ec2().describeRegions()));
      matrix.add(
          permission("metrics", "cloudwatch:GetMetricData", () -> MetricsProbe.probe(clients)));
      matrix.add(
          permission(
              "default encryption",
              "ec2:GetEbsEncryptionByDefault",
              () -> clients.ec2().getEbsEncryptionByDefault(_ -> {})));
      matrix.add(
          permission(
              "default encryption",
              "ec2:GetEbsDefaultKmsKeyId",
              () -> clients.ec2().getEbsDefaultKmsKeyId(_ -> {})));
      for (Kind kind : Catalogue.KINDS) {
        context.heartbeat(kind.id());
        List<Resource> some = new ArrayList<>();
        matrix.add(
            permission(
                kind.id(),
                kind.actions().getFirst(),
                () -> some.addAll(Lister.page(kind, clients, null).resources())));
        details(kind, some).ifPresent(matrix::add);
        seen.addAll(some);
      }
      if (onboarding.features().contains(AccountFeature.ACT))
        matrix.addAll(
            KeyPermissions.of(RegionClients.global(aws, connection.asking(KeyUse.LOOK)), seen));
    } finally {
      aws.forget(connection.owner());
    }
    return matrix;
  }

  /** What the listing answered and further questions about what it lists did not. */
  private static Optional<Permission> details(Kind kind, List<Resource> some) {
    return some.stream()
        .filter(resource -> !resource.tagsKnown() || resource.missing() != null)
        .findFirst()
        .map(resource ->
            new Permission(
                kind.id(),
                resource.tagsKnown() || kind.tags().actions().isEmpty()
                    ? String.join(", ", kind.actions())
                    : kind.tags().actions().getFirst(),
                AwsError.isDenied(resource.attribute(Resource.DETAILS_ERROR))
                    ? Permission.Grant.DENIED
                    : Permission.Grant.UNKNOWN));
  }

  private static Permission permission(String feature, String action, Runnable call) {
    return new Permission(feature, action, Tried.by(call));
  }

  private Onboarding onboarding(OnboardingId id) {
    return store
        .state()
        .find(Tables.ONBOARDINGS, id.value())
        .orElseThrow(
            () -> ApplicationFailure.newNonRetryableFailure("the onboarding is gone", "NotFound"));
  }
}
