package dev.steward.estate.ecr;

import static dev.steward.estate.Attribute.count;
import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.text;
import static dev.steward.estate.Attribute.time;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Detail;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Repositories of ECR. How much is in one, and when it was pulled, is asked in doubt. */
public final class Repositories {
  public static final String ID = "ecr_repository";

  /** DescribeImages answers so many a page (ECR API reference). */
  private static final int MOST = 1_000;

  public static final Attribute<String> URI = text("uri", "how it is pulled", "repositoryUri");
  public static final Attribute<String> MUTABLE =
      text("tag_mutability", "MUTABLE or IMMUTABLE", "imageTagMutability");
  public static final Attribute<Double> LIFECYCLE =
      count("lifecycle_policies", "1 where it has one, else 0", "[lifecyclePolicyText][?@]");

  public static final Attribute<Double> IMAGES =
      count("images", "how many; asked in doubt", "imageDetails");
  public static final Attribute<Double> BYTES =
      number(
          "stored_bytes",
          "of all images, shared layers more than once",
          "sum(imageDetails[].imageSizeInBytes)");
  public static final Attribute<Instant> PULLED =
      time("last_pulled", "absent: none that ECR recorded", "imageDetails[].lastRecordedPullTime")
          .as(Repositories::latest);
  public static final Attribute<Instant> PUSHED =
      time("last_pushed", "the newest image", "imageDetails[].imagePushedAt")
          .as(Repositories::latest);

  public static final Kind KIND =
      Kind.regional(ID, "ECR repository", "ecr:DescribeRepositories")
          .lists("repositories[]")
          .id("repositoryName")
          .name("repositoryName")
          .created("createdAt")
          .pages(new Paging("nextToken", "nextToken", "maxResults", 1, 100))
          .detail(
              new Detail(
                  "lifecycle",
                  Call.of("ecr:GetLifecyclePolicy"),
                  Map.of("repositoryName", Path.at("repositoryName")),
                  "{lifecyclePolicyText: lifecyclePolicyText}",
                  Set.of("LifecyclePolicyNotFoundException"),
                  List.of(LIFECYCLE)))
          .tags(
              new Tags.Asked(
                  Call.of("ecr:ListTagsForResource"),
                  Map.of("resourceArn", Path.at("repositoryArn")),
                  "tags",
                  "",
                  Set.of()))
          .knows(URI, MUTABLE)
          .inDoubt(
              new Detail(
                  "images",
                  Call.of("ecr:DescribeImages"),
                  Map.of("repositoryName", Path.at("id"), "maxResults", Path.always(MOST)),
                  "{imageDetails: imageDetails}",
                  "nextToken",
                  Set.of(),
                  List.of(IMAGES, BYTES, PULLED, PUSHED)))
          .costsUnknown()
          .check(RepositoryChecks.UNUSED)
          .check(RepositoryChecks.FOR_EVER)
          .row();

  private Repositories() {}

  private static @Nullable Object latest(Object times) {
    return ((Collection<?>) times)
        .stream().map(Instant.class::cast).max(Instant::compareTo).orElse(null);
  }
}
