package dev.steward.aws.actions;

import dev.steward.estate.ec2.Images;
import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.ImageAttributeName;
import software.amazon.awssdk.services.ec2.model.LaunchTemplate;
import software.amazon.awssdk.services.ec2.model.LaunchTemplateVersion;
import software.amazon.awssdk.services.ec2.model.ResponseLaunchTemplateData;
import software.amazon.awssdk.services.ec2.model.SnapshotAttributeName;

/** Who starts instances of an image, or makes volumes and images of a snapshot. */
final class ImageReferrers {
  /** DescribeLaunchTemplates and its versions answer 200 a page (EC2 API reference). */
  private static final int TEMPLATES = 200;

  /** An image that a template finds in a parameter when it starts instances. */
  private static final String RESOLVED = "resolve:";

  private ImageReferrers() {}

  /**
   * Any version, not only the default and the latest: groups, fleets and node groups pin versions,
   * and so may anybody outside.
   */
  static List<String> launchTemplates(Site site, Resource resource) {
    List<String> found = new ArrayList<>();
    for (LaunchTemplate template :
        site.clients()
            .ec2()
            .describeLaunchTemplatesPaginator(r -> r.maxResults(TEMPLATES))
            .launchTemplates()) {
      site.alive().run();
      for (LaunchTemplateVersion version :
          site.clients()
              .ec2()
              .describeLaunchTemplateVersionsPaginator(r ->
                  r.launchTemplateId(template.launchTemplateId())
                      .resolveAlias(true)
                      .maxResults(TEMPLATES))
              .launchTemplateVersions())
        why(version.launchTemplateData(), resource)
            .ifPresent(why -> found.add(said(template, version) + why));
    }
    return found;
  }

  private static java.util.Optional<String> why(
      @Nullable ResponseLaunchTemplateData data, Resource resource) {
    if (data == null) return java.util.Optional.empty();
    String image = data.imageId();
    if (resource.id().equals(image)) return java.util.Optional.of(" starts instances of it");
    if (resource.kind().equals(Images.ID) && image != null && image.startsWith(RESOLVED))
      return java.util.Optional.of(" takes its image from " + image + ", which may be this one");
    return data.blockDeviceMappings().stream()
        .filter(disk -> disk.ebs() != null && resource.id().equals(disk.ebs().snapshotId()))
        .findFirst()
        .map(disk -> " makes volumes of it");
  }

  private static String said(LaunchTemplate template, LaunchTemplateVersion version) {
    boolean latest = Objects.equals(version.versionNumber(), template.latestVersionNumber());
    boolean usual = Objects.equals(version.versionNumber(), template.defaultVersionNumber());
    return "the launch template "
        + template.launchTemplateName()
        + " version "
        + version.versionNumber()
        + (usual ? " ($Default)" : "")
        + (latest ? " ($Latest)" : "");
  }

  static List<String> instances(Site site, Resource resource) {
    Filter image = Filter.builder().name("image-id").values(resource.id()).build();
    return site
        .clients()
        .ec2()
        .describeInstancesPaginator(r -> r.filters(image))
        .reservations()
        .stream()
        .flatMap(r -> r.instances().stream())
        .filter(i -> !"terminated".equals(i.state().nameAsString()))
        .map(i -> "the instance " + i.instanceId() + " was made from it")
        .toList();
  }

  static List<String> launchPermissions(Site site, Resource resource) {
    return shared(
        site.clients()
            .ec2()
            .describeImageAttribute(
                r -> r.imageId(resource.id()).attribute(ImageAttributeName.LAUNCH_PERMISSION))
            .launchPermissions(),
        p ->
            p.groupAsString() != null
                ? "everybody"
                : p.userId() != null
                    ? "the account " + p.userId()
                    : String.valueOf(
                        p.organizationArn() != null
                            ? p.organizationArn()
                            : p.organizationalUnitArn()));
  }

  static List<String> volumePermissions(Site site, Resource resource) {
    return shared(
        site.clients()
            .ec2()
            .describeSnapshotAttribute(r ->
                r.snapshotId(resource.id())
                    .attribute(SnapshotAttributeName.CREATE_VOLUME_PERMISSION))
            .createVolumePermissions(),
        p -> p.groupAsString() != null ? "everybody" : "the account " + p.userId());
  }

  private static <P> List<String> shared(List<P> permissions, Function<P, String> with) {
    return permissions.stream().map(p -> "it is shared with " + with.apply(p)).toList();
  }

  static List<String> images(Site site, Resource resource) {
    Filter made =
        Filter.builder().name("block-device-mapping.snapshot-id").values(resource.id()).build();
    return site
        .clients()
        .ec2()
        .describeImages(r -> r.owners("self").filters(made))
        .images()
        .stream()
        .map(i -> "the image " + i.imageId() + " is made of it")
        .toList();
  }
}
