package dev.steward.estate.ec2;

import dev.steward.estate.Attribute;
import dev.steward.estate.Sight;
import dev.steward.estate.Verdict;
import dev.steward.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What starts instances of an image, or makes volumes of a snapshot, without being one. */
final class NamedBy {
  /** An image that a template takes from a parameter when it starts instances. */
  private static final String RESOLVED = "resolve:ssm:";

  /**
   * Parameters of AWS, which name images of AWS (Systems Manager user guide, public parameters).
   */
  private static final String OF_AWS = RESOLVED + "/aws/service/";

  private static final Map<String, Attribute<?>> IMAGES =
      Map.of(
          LaunchTemplates.ID, LaunchTemplates.IMAGES,
          LaunchConfigurations.ID, LaunchConfigurations.IMAGES,
          ImageParameters.ID, ImageParameters.IMAGES);

  private static final Map<String, Attribute<?>> SNAPSHOTS =
      Map.of(
          LaunchTemplates.ID, LaunchTemplates.SNAPSHOTS,
          LaunchConfigurations.ID, LaunchConfigurations.SNAPSHOTS);

  private NamedBy() {}

  /** Fine where something names the image, unknown where nobody can tell; else empty. */
  static Optional<Verdict> image(Resource image, Sight sight) {
    Optional<Verdict> named = of(image, sight, IMAGES);
    return named.isPresent() ? named : unresolved(image, sight);
  }

  /** The same of a snapshot. */
  static Optional<Verdict> snapshot(Resource snapshot, Sight sight) {
    return of(snapshot, sight, SNAPSHOTS);
  }

  private static Optional<Verdict> of(
      Resource resource, Sight sight, Map<String, Attribute<?>> kinds) {
    for (Map.Entry<String, Attribute<?>> kind : kinds.entrySet())
      if (!sight
          .referring(kind.getKey(), kind.getValue(), resource.region(), resource.id())
          .isEmpty()) return Optional.of(Verdict.FINE);
    return kinds.keySet().stream()
        .sorted()
        .filter(kind -> !sight.isWhole(resource.region(), kind))
        .map(kind -> "nobody can tell what names it: " + words(kind) + " were not answered in full")
        .map(Verdict::unknown)
        .findFirst();
  }

  /** A template may take any image from a parameter that we do not see. */
  private static Optional<Verdict> unresolved(Resource image, Sight sight) {
    return sight.in(image.region(), LaunchTemplates.ID).stream()
        .flatMap(template -> LaunchTemplates.IMAGES.of(template, List.of()).stream())
        .filter(named -> named.startsWith("resolve:") && !named.startsWith(OF_AWS))
        .filter(named -> !isKnown(named, image.region(), sight))
        .map(named -> Verdict.unknown("a launch template takes its image from " + named))
        .findFirst();
  }

  private static boolean isKnown(String named, String region, Sight sight) {
    return named.startsWith(RESOLVED)
        && sight.find(ImageParameters.ID, region, named.substring(RESOLVED.length())).isPresent();
  }

  private static String words(String kind) {
    return kind.replace('_', ' ') + "s";
  }
}
