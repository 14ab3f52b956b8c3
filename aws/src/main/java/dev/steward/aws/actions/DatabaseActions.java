package dev.steward.aws.actions;

import dev.steward.aws.AwsError;
import dev.steward.model.Resource;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.RdsException;
import software.amazon.awssdk.services.rds.model.Tag;

/** Databases. */
public final class DatabaseActions {
  private static final String AVAILABLE = "available";

  /**
   * What a database is until somebody does something about it (RDS user guide, "Viewing Amazon RDS
   * DB instance status").
   */
  private static final Set<String> STAYING =
      Set.of(
          AVAILABLE,
          "stopped",
          "failed",
          "storage-full",
          "incompatible-network",
          "incompatible-option-group",
          "incompatible-parameters",
          "incompatible-restore",
          "insufficient-capacity",
          "inaccessible-encryption-credentials",
          "inaccessible-encryption-credentials-recoverable",
          "restore-error");

  private DatabaseActions() {}

  /** AWS starts a stopped database after seven days; the change's workflow holds it stopped. */
  public static final class Stop implements Action {
    @Override
    public Acted act(Site site) {
      Optional<Resource> database = site.read();
      if (database.isEmpty()) return Acted.drifted("it is gone");
      stop(site, database.get());
      return Acted.done("it is stopped");
    }

    public static void stop(Site site, Resource database) {
      String state = String.valueOf(database.state());
      if (state.equals("starting")) site.untilState(AVAILABLE);
      if (!state.equals("stopped") && !state.equals("stopping"))
        site.clients().rds().stopDBInstance(r -> r.dbInstanceIdentifier(site.id()));
      site.untilState("stopped");
    }

    @Override
    public Back undo(Site site) {
      Optional<Resource> database = site.read();
      if (database.isEmpty()) return new Back(false, "the database is gone");
      if ("stopping".equals(database.get().state())) site.untilState("stopped");
      if (!AVAILABLE.equals(database.get().state()) && !"starting".equals(database.get().state()))
        site.clients().rds().startDBInstance(r -> r.dbInstanceIdentifier(site.id()));
      site.untilState(AVAILABLE);
      return new Back(true, "it is available again");
    }
  }

  /** Restored under the same name, so that its address stays. */
  static final class SnapshotAndDelete implements Action {
    @Override
    public Map<String, String> recipe(Site site, Resource now) {
      return DatabaseRecipe.of(describe(site).orElseThrow());
    }

    /** Also while it is being deleted. */
    private static Optional<DBInstance> describe(Site site) {
      try {
        return site
            .clients()
            .rds()
            .describeDBInstances(r -> r.dbInstanceIdentifier(site.id()))
            .dbInstances()
            .stream()
            .findFirst();
      } catch (RdsException e) {
        if (AwsError.isAbsent(e)) return Optional.empty();
        throw e;
      }
    }

    /** The database, once it is neither being deleted nor on its way to another state. */
    private static Optional<DBInstance> settled(Site site) {
      site.until(
          site.id() + " is in a state that stays",
          () -> describe(site).map(d -> STAYING.contains(d.dbInstanceStatus())).orElse(true));
      return describe(site);
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
      Optional<DBInstance> database = settled(site);
      Acted done =
          Acted.done(
              Map.of("snapshot", site.name()),
              "deleted; its content is in the snapshot " + site.name());
      if (database.isEmpty())
        return snapshot(site).isPresent() ? done : Acted.drifted("it is gone");
      Optional<String> not = not(site, database.get());
      if (not.isPresent()) return Acted.drifted(not.get());
      if (snapshot(site).isEmpty()) create(site);
      site.until(site.name() + " is available", () -> isAvailable(site));
      // AWS backs up a database that is available; meanwhile somebody may have stopped it.
      database = settled(site);
      // Nothing of ours deleted it, so that nothing of ours brings it back.
      if (database.isEmpty())
        return Acted.kept(
            done.recipe(), "it is gone; its content is in the snapshot " + site.name());
      not = not(site, database.get());
      if (not.isPresent()) return Acted.drifted(not.get());
      Action.takeAway(() -> delete(site));
      site.until(site.id() + " is gone", () -> describe(site).isEmpty());
      return done;
    }

    private static Optional<String> not(Site site, DBInstance database) {
      if (!isSame(site, database)) return Optional.of("another database has its name now");
      String state = database.dbInstanceStatus();
      return AVAILABLE.equals(state)
          ? Optional.empty()
          : Optional.of("it is " + state + ", and AWS makes snapshots of an available one only");
    }

    private static void create(Site site) {
      site.clients()
          .rds()
          .createDBSnapshot(r ->
              r.dbInstanceIdentifier(site.id())
                  .dbSnapshotIdentifier(site.name())
                  .tags(Tag.builder().key(Site.STEP_TAG).value(site.mark()).build()));
    }

    private static boolean isAvailable(Site site) {
      String status = snapshot(site).map(DBSnapshot::status).orElse("");
      if (status.equals("failed"))
        throw ApplicationFailure.newNonRetryableFailure(
            "the snapshot " + site.name() + " failed", "SnapshotFailed");
      return status.equals(AVAILABLE);
    }

    private static void delete(Site site) {
      site.clients()
          .rds()
          .deleteDBInstance(r -> {
            r.dbInstanceIdentifier(site.id()).skipFinalSnapshot(true);
            // They expire by themselves, and until then any second of them can be restored.
            if (!site.note(DatabaseRecipe.BACKUP_DAYS).equals("0")) r.deleteAutomatedBackups(false);
          });
    }

    /** A restored database, or one that somebody else made, has another id than the old one. */
    private static boolean isSame(Site site, DBInstance database) {
      String id = site.note(DatabaseRecipe.RESOURCE_ID);
      return id.isEmpty()
          ? !isRestored(site, database)
          : id.equals(String.valueOf(database.dbiResourceId()));
    }

    private static boolean isRestored(Site site, DBInstance database) {
      return has(database.tagList(), Site.UNDO_TAG, site);
    }

    private static boolean has(List<Tag> tags, String key, Site site) {
      return tags.stream().anyMatch(t -> t.key().equals(key) && site.mark().equals(t.value()));
    }

    @Override
    public Back undo(Site site) {
      Optional<DBInstance> database = settled(site);
      // A delete of ours may have begun that AWS does not show yet.
      if (database.filter(d -> isSame(site, d)).isPresent()
          && !site.stays(
              site.id() + " is there",
              () -> describe(site).filter(d -> STAYING.contains(d.dbInstanceStatus())).isPresent()))
        database = settled(site);
      if (database.isPresent()) {
        if (isSame(site, database.get())) {
          remove(site);
          return new Back(true, "the database was not deleted");
        }
        if (!isRestored(site, database.get()))
          return new Back(
              false,
              "another database has its name now; its content is in the snapshot " + site.name());
      } else {
        if (snapshot(site).isEmpty()) return new Back(false, "its snapshot is gone");
        site.until(site.name() + " is available", () -> isAvailable(site));
        site.clients().rds().restoreDBInstanceFromDBSnapshot(DatabaseRecipe.restore(site));
      }
      site.until(site.id() + " is there again", () -> describe(site).isPresent());
      String state = settled(site).map(DBInstance::dbInstanceStatus).orElse("gone");
      if (!AVAILABLE.equals(state)) return new Back(false, "the restored database is " + state);
      settings(site);
      return new Back(true, "it is available again");
    }

    /** It was never deleted, so the snapshot is only in the way. */
    private static void remove(Site site) {
      boolean ours = snapshot(site).filter(s -> has(s.tagList(), Site.STEP_TAG, site)).isPresent();
      // A step of an older version cannot tell the old database from another one of its name.
      if (!ours || site.note(DatabaseRecipe.RESOURCE_ID).isEmpty()) return;
      site.until(
          site.name() + " is made",
          () -> !"creating".equals(snapshot(site).map(DBSnapshot::status).orElse("")));
      site.clients().rds().deleteDBSnapshot(r -> r.dbSnapshotIdentifier(site.name()));
    }

    /** What a restore does not take is set afterwards, when the database is available. */
    private static void settings(Site site) {
      DBInstance restored = describe(site).orElseThrow();
      if (DatabaseRecipe.isSet(site, restored)) return;
      site.clients().rds().modifyDBInstance(DatabaseRecipe.modify(site, restored));
      site.until(
          "the settings of " + site.id() + " are those of before",
          () ->
              describe(site)
                  .filter(d -> AVAILABLE.equals(d.dbInstanceStatus()))
                  .map(d -> DatabaseRecipe.isSet(site, d))
                  .orElse(false));
    }
  }
}
