package dev.steward.aws.actions;

import dev.steward.aws.AwsError;
import dev.steward.aws.RegionClients;
import dev.steward.aws.RegionSettings;
import dev.steward.estate.KeyUse;
import dev.steward.estate.MadeEncrypted;
import dev.steward.estate.RegionSetting;
import dev.steward.estate.ec2.Images;
import dev.steward.estate.ec2.Instances;
import dev.steward.estate.ec2.SnapshotCopy;
import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeyState;

/**
 * Looks at the KMS keys of what a step acts on. Without its key an instance does not start again
 * and a snapshot is of no use, so that whatever cannot be found out about a key refuses the step.
 */
public final class Keys {
  /**
   * How a key of many regions is named in each of them (KMS developer guide, multi-Region keys).
   */
  private static final String MANY_REGIONS = ":key/mrk-";

  /** Stands for the key of what AWS does not call encrypted or not. */
  private static final String UNTOLD = "untold";

  private Keys() {}

  /**
   * What speaks against using the keys, and whose they are where they are of another account.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException where AWS may answer later
   */
  public static Seen look(Site site, Resource resource) {
    return look(site, resource, false);
  }

  /** The same at a step that was begun, by a role that may be older than the question. */
  public static Seen again(Site site, Resource resource) {
    return look(site, resource, true);
  }

  private static Seen look(Site site, Resource resource, boolean begun) {
    Optional<KeyUse> use = site.row().keys();
    if (use.isEmpty() || !use.get().under(site.step().parameters()))
      return new Seen(List.of(), List.of());
    List<String> against = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    TreeSet<String> keys = of(site.clients(), resource);
    // Where nothing is encrypted a copy may be all the same.
    if (keys.isEmpty())
      copied(site, "").ifPresent(there -> ask(there.clients(), there.key(), against, notes));
    site.row()
        .encrypted()
        .filter(made -> made.mayBe(resource))
        .ifPresent(made -> madeEncrypted(made, site, begun, against, notes));
    for (String key : keys) {
      site.alive().run();
      if (key.equals(UNTOLD))
        against.add("AWS does not say whether it is encrypted, and with which key");
      else if (key.isEmpty()) against.add("it is encrypted, and AWS does not say with which key");
      else if (KeyUse.isUnplanned(key, site.step().keys()))
        against.add("it is encrypted with " + key + ", which was not planned");
      else {
        ask(site.clients(), key, against, notes);
        copied(site, key).ifPresent(there -> ask(there.clients(), there.key(), against, notes));
      }
    }
    return new Seen(against, notes);
  }

  /** Approvers know with which key it comes back, or that nobody could tell. */
  private static void madeEncrypted(
      MadeEncrypted made, Site site, boolean begun, List<String> against, List<String> notes) {
    boolean untold = made.isStated(site.step(), null);
    // Without it the plan is of a version that did not encrypt the copy.
    if (SnapshotCopy.KEY.isGiven(site.step().parameters()) && !untold)
      against.add(
          "its copy would be encrypted with "
              + site.given(SnapshotCopy.KEY)
              + ", which was not planned");
    @Nullable String key;
    String why = "its answer leaves it open";
    try {
      key = RegionSettings.ask(site.clients(), made.setting());
    } catch (SdkServiceException e) {
      if (AwsError.of(e).passes()) throw e;
      key = null;
      why = AwsError.code(e) + "; the role needs " + String.join(" and ", made.setting().iam());
    }
    if (key == null) {
      if (!untold && !begun)
        against.add("nobody can tell if its region encrypts what is made in it: " + why);
      return;
    }
    if (key.equals(RegionSetting.NONE)) return;
    if (untold || made.isStated(site.step(), key)) ask(site.clients(), key, against, notes);
    else
      against.add("its region encrypts what is made in it with " + key + ", which was not planned");
  }

  /** Reads the keys of what a resource is made of. */
  @FunctionalInterface
  interface PartKeys {
    /** Of each part that is or may be encrypted; an empty name where AWS names none. */
    Stream<String> read(RegionClients clients, Resource whole);
  }

  /** By the kind of the whole; a test holds it and the rows together. */
  static final Map<String, PartKeys> OF_PARTS =
      Map.of(Instances.ID, Keys::ofVolumes, Images.ID, Keys::ofSnapshots);

  /** The keys of the resource; an empty name where it is encrypted and AWS names none. */
  private static TreeSet<String> of(RegionClients clients, Resource resource) {
    PartKeys parts = OF_PARTS.get(resource.kind());
    return (parts == null
            ? key(encrypted(resource), resource.attribute(KeyUse.KEY))
            : parts.read(clients, resource))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> ofVolumes(RegionClients clients, Resource instance) {
    Filter attached = Filter.builder().name("attachment.instance-id").values(instance.id()).build();
    return clients.ec2().describeVolumesPaginator(r -> r.filters(attached)).volumes().stream()
        .flatMap(volume -> key(volume.encrypted(), volume.kmsKeyId()));
  }

  private static Stream<String> ofSnapshots(RegionClients clients, Resource image) {
    List<String> snapshots = Images.SNAPSHOTS.of(image, List.of());
    if (snapshots.isEmpty()) return Stream.empty();
    return clients.ec2().describeSnapshots(r -> r.snapshotIds(snapshots)).snapshots().stream()
        .flatMap(snapshot -> key(snapshot.encrypted(), snapshot.kmsKeyId()));
  }

  private static Stream<String> key(@Nullable Boolean encrypted, @Nullable String key) {
    if (encrypted == null) return Stream.of(UNTOLD);
    if (!encrypted) return Stream.empty();
    return Stream.of(key == null ? "" : key);
  }

  private static @Nullable Boolean encrypted(Resource resource) {
    String told = resource.attribute(KeyUse.ENCRYPTED);
    return told == null ? null : Boolean.valueOf(told);
  }

  /** A key where a copy is made. */
  private record There(RegionClients clients, String key) {}

  private static Optional<There> copied(Site site, String key) {
    return site.elsewhere()
        .flatMap(there -> forCopy(site, key, there.region()).map(name -> new There(there, name)));
  }

  /**
   * The key of a copy: its own, if any, at home; elsewhere the one that was asked for, or the
   * replica of its own, which has the same name. Any other key is unknown there, and AWS takes the
   * region's default; approvers are told.
   */
  public static Optional<String> forCopy(Site site, String key, String region) {
    if (region.equals(site.step().region()))
      return key.isEmpty() ? Optional.empty() : Optional.of(key);
    if (SnapshotCopy.KEY.isGiven(site.step().parameters()))
      return Optional.of(site.given(SnapshotCopy.KEY));
    return key.contains(MANY_REGIONS)
        ? Optional.of(key.replace(":kms:" + site.step().region() + ":", ":kms:" + region + ":"))
        : Optional.empty();
  }

  /**
   * Tries whether the key may be described.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException where it may not
   */
  public static void describe(RegionClients clients, String key) {
    clients.keys().describeKey(r -> r.keyId(key));
  }

  private static void ask(
      RegionClients clients, String key, List<String> against, List<String> notes) {
    try {
      KeyMetadata found = clients.keys().describeKey(r -> r.keyId(key)).keyMetadata();
      if (found.keyState() != KeyState.ENABLED)
        against.add("its key " + key + " is " + found.keyStateAsString());
      else if (!clients.connection().isOf(String.valueOf(found.awsAccountId())))
        notes.add(
            "its key " + key + " is of the account " + found.awsAccountId() + ", who can lock it");
    } catch (SdkServiceException e) {
      against.add(
          switch (AwsError.of(e)) {
            case DENIED ->
                "nobody can tell if its key "
                    + key
                    + " can be used: "
                    + AwsError.code(e)
                    + "; the role needs kms:DescribeKey and kms:CreateGrant: deploy the template"
                    + " again, and let the key's policy leave it to IAM";
            case GONE -> "its key " + key + " is gone";
            case PERMANENT -> "its key " + key + " could not be read: " + AwsError.code(e);
            case PASSING, THROTTLED, BUSY, UNREACHABLE, EXPIRED, BAD_CREDENTIALS, UNAVAILABLE ->
                throw e;
          });
    }
  }
}
