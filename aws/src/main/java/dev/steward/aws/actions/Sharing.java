package dev.steward.aws.actions;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.services.ec2.model.CreateVolumePermission;
import software.amazon.awssdk.services.ec2.model.ImageAttributeName;
import software.amazon.awssdk.services.ec2.model.LaunchPermission;
import software.amazon.awssdk.services.ec2.model.OperationType;
import software.amazon.awssdk.services.ec2.model.SnapshotAttributeName;

/** Who else may make volumes of a snapshot, or start instances of an image. */
final class Sharing {
  private static final String ACCOUNTS = "shared_with";
  private static final String ALL = "shared_with_all";
  private static final String ORGANIZATIONS = "shared_with_organizations";
  private static final String UNITS = "shared_with_units";

  private Sharing() {}

  static Map<String, String> of(Site site, String snapshot) {
    List<CreateVolumePermission> permissions =
        site.clients()
            .ec2()
            .describeSnapshotAttribute(r ->
                r.snapshotId(snapshot).attribute(SnapshotAttributeName.CREATE_VOLUME_PERMISSION))
            .createVolumePermissions();
    Map<String, String> recipe = new TreeMap<>();
    note(recipe, ACCOUNTS, permissions, CreateVolumePermission::userId);
    if (permissions.stream().anyMatch(p -> p.groupAsString() != null)) recipe.put(ALL, "true");
    return recipe;
  }

  /** As it was written down; a second time changes nothing. */
  static void again(Site site, String snapshot) {
    if (!site.note(ACCOUNTS).isEmpty())
      site.clients()
          .ec2()
          .modifySnapshotAttribute(r ->
              r.snapshotId(snapshot)
                  .attribute(SnapshotAttributeName.CREATE_VOLUME_PERMISSION)
                  .operationType(OperationType.ADD)
                  .userIds(site.note(ACCOUNTS).split(",")));
    if (site.note(ALL).equals("true"))
      site.clients()
          .ec2()
          .modifySnapshotAttribute(r ->
              r.snapshotId(snapshot)
                  .attribute(SnapshotAttributeName.CREATE_VOLUME_PERMISSION)
                  .operationType(OperationType.ADD)
                  .groupNames("all"));
  }

  static Map<String, String> ofImage(Site site, String image) {
    List<LaunchPermission> permissions =
        site.clients()
            .ec2()
            .describeImageAttribute(
                r -> r.imageId(image).attribute(ImageAttributeName.LAUNCH_PERMISSION))
            .launchPermissions();
    Map<String, String> recipe = new TreeMap<>();
    note(recipe, ACCOUNTS, permissions, LaunchPermission::userId);
    note(recipe, ORGANIZATIONS, permissions, LaunchPermission::organizationArn);
    note(recipe, UNITS, permissions, LaunchPermission::organizationalUnitArn);
    if (permissions.stream().anyMatch(p -> p.groupAsString() != null)) recipe.put(ALL, "true");
    return recipe;
  }

  private static <P> void note(
      Map<String, String> recipe, String key, List<P> permissions, Function<P, String> with) {
    String all = String.join(",", permissions.stream().map(with).filter(Objects::nonNull).toList());
    if (!all.isEmpty()) recipe.put(key, all);
  }

  /** As it was written down; a second time changes nothing. */
  static void ofImageAgain(Site site, String image) {
    List<LaunchPermission> permissions = new ArrayList<>();
    each(site, ACCOUNTS, account -> permissions.add(permission(p -> p.userId(account))));
    each(site, ORGANIZATIONS, arn -> permissions.add(permission(p -> p.organizationArn(arn))));
    each(site, UNITS, arn -> permissions.add(permission(p -> p.organizationalUnitArn(arn))));
    if (site.note(ALL).equals("true")) permissions.add(permission(p -> p.group("all")));
    if (!permissions.isEmpty())
      site.clients()
          .ec2()
          .modifyImageAttribute(r -> r.imageId(image).launchPermission(l -> l.add(permissions)));
  }

  private static void each(Site site, String key, Consumer<String> with) {
    if (!site.note(key).isEmpty()) List.of(site.note(key).split(",")).forEach(with);
  }

  private static LaunchPermission permission(Consumer<LaunchPermission.Builder> who) {
    return LaunchPermission.builder().applyMutation(who).build();
  }
}
