package dev.steward.estate.ec2;

import dev.steward.estate.Attribute;
import dev.steward.estate.Naming;
import dev.steward.estate.Sight;
import dev.steward.estate.Verdict;
import dev.steward.model.Resource;
import java.util.List;
import java.util.Optional;

/** Who needs an image or a snapshot without being an instance or a volume of it. */
final class NamedBy {
  /** An image that a template takes from a parameter when it starts instances. */
  private static final String RESOLVED = "resolve:ssm:";

  /**
   * Parameters of AWS, which name images of AWS (Systems Manager user guide, public parameters).
   */
  private static final String OF_AWS = RESOLVED + "/aws/service/";

  private NamedBy() {}

  /**
   * Fine where something names the image or it is shared, unknown or in doubt where nobody can
   * tell; else empty.
   */
  static Optional<Verdict> image(Resource image, Sight sight) {
    return Naming.of(Images.KIND, image, sight)
        .or(() -> unresolved(image, sight))
        .or(() -> shared(image, Images.SHARED));
  }

  /** The same of a snapshot. */
  static Optional<Verdict> snapshot(Resource snapshot, Sight sight) {
    return Naming.of(Snapshots.KIND, snapshot, sight).or(() -> shared(snapshot, Snapshots.SHARED));
  }

  private static Optional<Verdict> shared(Resource resource, Attribute<Double> with) {
    Double shared = with.of(resource);
    if (shared == null)
      return Optional.of(
          Verdict.doubt("nobody has asked whether it is shared with others", List.of(resource)));
    return shared > 0 ? Optional.of(Verdict.FINE) : Optional.empty();
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
}
