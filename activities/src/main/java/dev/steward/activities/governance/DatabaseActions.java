package dev.steward.activities.governance;

import dev.steward.activities.aws.AwsError;
import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceFromDbSnapshotRequest;
import software.amazon.awssdk.services.rds.model.Tag;
import software.amazon.awssdk.services.rds.model.VpcSecurityGroupMembership;

/** Databases. */
final class DatabaseActions {
  private DatabaseActions() {}

  /** AWS starts a stopped database after seven days; the change's workflow holds it stopped. */
  static final class Stop implements Action {
    @Override
    public Acted act(Site site) {
      Optional<Resource> database = site.read();
      if (database.isEmpty()) return Acted.drifted("it is gone");
      stop(site, database.get());
      return Acted.done("it is stopped");
    }

    static void stop(Site site, Resource database) {
      String state = String.valueOf(database.state());
      if (state.equals("starting")) site.untilState("available");
      if (!state.equals("stopped") && !state.equals("stopping"))
        site.clients().rds().stopDBInstance(r -> r.dbInstanceIdentifier(site.id()));
      site.untilState("stopped");
    }

    @Override
    public Back undo(Site site) {
      Optional<Resource> database = site.read();
      if (database.isEmpty()) return new Back(false, "the database is gone");
      if ("stopping".equals(database.get().state())) site.untilState("stopped");
      if (!"available".equals(database.get().state()) && !"starting".equals(database.get().state()))
        site.clients().rds().startDBInstance(r -> r.dbInstanceIdentifier(site.id()));
      site.untilState("available");
      return new Back(true, "it is available again");
    }
  }

  /** Restored under the same name, so that its address stays. */
  static final class SnapshotAndDelete implements Action {
    @Override
    public Map<String, String> recipe(Site site, Resource now) {
      DBInstance d = describe(site);
      Map<String, String> recipe = new TreeMap<>();
      put(recipe, "class", d.dbInstanceClass());
      put(recipe, "storage_type", d.storageType());
      put(
          recipe,
          "subnet_group",
          d.dbSubnetGroup() == null ? null : d.dbSubnetGroup().dbSubnetGroupName());
      put(
          recipe,
          "security_groups",
          String.join(
              ",",
              d.vpcSecurityGroups().stream()
                  .map(VpcSecurityGroupMembership::vpcSecurityGroupId)
                  .toList()));
      put(recipe, "multi_az", String.valueOf(Boolean.TRUE.equals(d.multiAZ())));
      put(recipe, "public", String.valueOf(Boolean.TRUE.equals(d.publiclyAccessible())));
      put(recipe, "port", d.endpoint() == null ? null : String.valueOf(d.endpoint().port()));
      return recipe;
    }

    private static void put(Map<String, String> recipe, String key, @Nullable String value) {
      if (value != null && !value.isEmpty()) recipe.put(key, value);
    }

    private static DBInstance describe(Site site) {
      return site.clients()
          .rds()
          .describeDBInstances(r -> r.dbInstanceIdentifier(site.id()))
          .dbInstances()
          .getFirst();
    }

    private static Optional<DBSnapshot> snapshot(Site site) {
      try {
        return site
            .clients()
            .rds()
            .describeDBSnapshots(r -> r.dbSnapshotIdentifier(site.name()))
            .dbSnapshots()
            .stream()
            .findFirst();
      } catch (RdsException e) {
        if (AwsError.isAbsent(e)) return Optional.empty();
        throw e;
      }
    }

    @Override
    public Acted act(Site site) {
      Optional<Resource> database = site.read();
      Optional<DBSnapshot> snapshot = snapshot(site);
      Map<String, String> made = Map.of("snapshot", site.name());
      if (database.isEmpty()) {
        return snapshot.isPresent()
            ? Acted.done(made, "deleted; its content is in the snapshot " + site.name())
            : Acted.drifted("it is gone");
      }
      if (snapshot.isEmpty())
        site.clients()
            .rds()
            .createDBSnapshot(r ->
                r.dbInstanceIdentifier(site.id())
                    .dbSnapshotIdentifier(site.name())
                    .tags(Tag.builder().key(Site.STEP_TAG).value(site.mark()).build()));
      site.until(
          site.name() + " is available",
          () -> snapshot(site).map(s -> "available".equals(s.status())).orElse(false));
      site.clients()
          .rds()
          .deleteDBInstance(r -> r.dbInstanceIdentifier(site.id()).skipFinalSnapshot(true));
      site.untilGone();
      return Acted.done(made, "deleted; its content is in the snapshot " + site.name());
    }

    @Override
    public Back undo(Site site) {
      Optional<Resource> database = site.read();
      Optional<DBSnapshot> snapshot = snapshot(site);
      if (database.isEmpty() && snapshot.isEmpty()) return new Back(false, "its snapshot is gone");
      if (database.isEmpty()) site.clients().rds().restoreDBInstanceFromDBSnapshot(request(site));
      site.untilState("available");
      return new Back(true, "it is available again");
    }

    private static RestoreDbInstanceFromDbSnapshotRequest request(Site site) {
      RestoreDbInstanceFromDbSnapshotRequest.Builder request =
          RestoreDbInstanceFromDbSnapshotRequest.builder()
              .dbInstanceIdentifier(site.id())
              .dbSnapshotIdentifier(site.name())
              .dbInstanceClass(site.note("class"))
              .multiAZ(Boolean.valueOf(site.note("multi_az")))
              .publiclyAccessible(Boolean.valueOf(site.note("public")))
              .tags(tags(site));
      if (!site.note("storage_type").isEmpty()) request.storageType(site.note("storage_type"));
      if (!site.note("subnet_group").isEmpty())
        request.dbSubnetGroupName(site.note("subnet_group"));
      if (!site.note("security_groups").isEmpty())
        request.vpcSecurityGroupIds(site.note("security_groups").split(","));
      if (site.note("port").matches("\\d+")) request.port(Integer.valueOf(site.note("port")));
      return request.build();
    }

    private static List<Tag> tags(Site site) {
      List<Tag> tags = new ArrayList<>();
      site.marked(Site.UNDO_TAG).forEach((k, v) -> tags.add(Tag.builder().key(k).value(v).build()));
      return tags;
    }
  }
}
