package dev.steward.aws.actions;

import dev.steward.aws.AwsError;
import dev.steward.aws.RegionClients;
import dev.steward.estate.KeepTag;
import dev.steward.estate.Kept;
import dev.steward.estate.ec2.Snapshots;
import dev.steward.estate.rds.DatabaseSnapshots;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ec2.model.Snapshot;
import software.amazon.awssdk.services.ec2.model.SnapshotAttributeName;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DBSnapshotAttribute;

/**
 * Removes what a step kept for its undo. Only what still carries the step's own tag is touched: who
 * takes the tag away, marks it as wanted or shares it has another use for it.
 */
public final class Keepsakes {
  private static final String WANTED = "keep";

  /** How what was kept is removed; a test holds it and the rows together. */
  static final Map<String, Function<Site, List<String>>> BY_KIND =
      Map.of(
          Snapshots.ID, Keepsakes::snapshots,
          DatabaseSnapshots.ID, Keepsakes::databases);

  private Keepsakes() {}

  /**
   * The ids of what is gone now; a second time removes nothing.
   *
   * @throws ApplicationFailure with the type {@code Kept} where somebody else has a use for it
   */
  public static List<String> remove(Site site) {
    Kept kept =
        site.row()
            .keeps()
            .orElseThrow(() ->
                ApplicationFailure.newNonRetryableFailure("the action keeps nothing", "NotFound"));
    Function<Site, List<String>> removed = BY_KIND.get(kept.kind());
    if (removed == null) throw new IllegalArgumentException("nobody removes a " + kept.kind());
    return removed.apply(site);
  }

  private static List<String> snapshots(Site site) {
    RegionClients there = site.elsewhere().orElse(site.clients());
    List<Snapshot> made =
        there
            .ec2()
            .describeSnapshotsPaginator(
                r -> r.ownerIds("self").filters(Ec2Tags.filter(Site.STEP_TAG, site.mark())))
            .snapshots()
            .stream()
            .toList();
    for (Snapshot snapshot : made) {
      boolean wanted =
          snapshot.tags().stream()
              .anyMatch(t -> t.key().equals(KeepTag.NAME) && t.value().equals(WANTED));
      boolean shared =
          !there
              .ec2()
              .describeSnapshotAttribute(r ->
                  r.snapshotId(snapshot.snapshotId())
                      .attribute(SnapshotAttributeName.CREATE_VOLUME_PERMISSION))
              .createVolumePermissions()
              .isEmpty();
      spare(snapshot.snapshotId(), wanted, shared);
    }
    List<String> removed = new ArrayList<>();
    for (Snapshot snapshot : made) {
      site.alive().run();
      absent(() -> there.ec2().deleteSnapshot(r -> r.snapshotId(snapshot.snapshotId())));
      removed.add(snapshot.snapshotId());
    }
    return removed;
  }

  private static List<String> databases(Site site) {
    List<DBSnapshot> made = new ArrayList<>();
    absent(() ->
        site
            .clients()
            .rds()
            .describeDBSnapshots(r -> r.dbSnapshotIdentifier(site.name()))
            .dbSnapshots()
            .stream()
            .filter(s ->
                s.tagList().stream()
                    .anyMatch(t ->
                        t.key().equals(Site.STEP_TAG) && Objects.equals(t.value(), site.mark())))
            .forEach(made::add));
    for (DBSnapshot snapshot : made) {
      boolean wanted =
          snapshot.tagList().stream()
              .anyMatch(t -> t.key().equals(KeepTag.NAME) && WANTED.equals(t.value()));
      boolean shared =
          site
              .clients()
              .rds()
              .describeDBSnapshotAttributes(
                  r -> r.dbSnapshotIdentifier(snapshot.dbSnapshotIdentifier()))
              .dbSnapshotAttributesResult()
              .dbSnapshotAttributes()
              .stream()
              .map(DBSnapshotAttribute::attributeValues)
              .anyMatch(with -> !with.isEmpty());
      spare(snapshot.dbSnapshotIdentifier(), wanted, shared);
    }
    List<String> removed = new ArrayList<>();
    for (DBSnapshot snapshot : made) {
      String id = snapshot.dbSnapshotIdentifier();
      absent(() -> site.clients().rds().deleteDBSnapshot(r -> r.dbSnapshotIdentifier(id)));
      removed.add(id);
    }
    return removed;
  }

  private static void spare(String id, boolean wanted, boolean shared) {
    if (wanted)
      throw ApplicationFailure.newNonRetryableFailure(
          id + " is marked " + KeepTag.NAME + "=" + WANTED, "Kept");
    if (shared)
      throw ApplicationFailure.newNonRetryableFailure(
          id + " is shared with another account", "Kept");
  }

  /** What is gone already need not be removed. */
  private static void absent(Runnable call) {
    try {
      call.run();
    } catch (AwsServiceException e) {
      if (!AwsError.isAbsent(e)) throw e;
    }
  }
}
