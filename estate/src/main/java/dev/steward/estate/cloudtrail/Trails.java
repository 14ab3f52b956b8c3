package dev.steward.estate.cloudtrail;

import static dev.steward.estate.Attribute.flag;
import static dev.steward.estate.Attribute.ids;
import static dev.steward.estate.Attribute.text;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Detail;
import dev.steward.estate.Kind;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import dev.steward.estate.s3.S3Buckets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Trails of CloudTrail, each where it was made: its copies in other regions, and those of an
 * organization in its members, are left out.
 */
public final class Trails {
  public static final String ID = "trail";

  /** ListTags takes so many (CloudTrail API reference). */
  private static final int MOST = 20;

  public static final Attribute<Boolean> MULTI_REGION =
      flag("multi_region", "whether it records every region", "IsMultiRegionTrail");
  public static final Attribute<Boolean> ORGANIZATION =
      flag("organization", "whether it records every account", "IsOrganizationTrail");
  public static final Attribute<Boolean> GLOBAL =
      flag("global_events", "whether it records IAM and the like", "IncludeGlobalServiceEvents");
  public static final Attribute<String> HOME =
      text("home_region", "where it was made", "HomeRegion");
  public static final Attribute<List<String>> BUCKET =
      ids("bucket", "where it writes", "S3BucketName", S3Buckets.ID);
  public static final Attribute<Boolean> LOGGING =
      flag("logging", "whether it records", "IsLogging");
  public static final Attribute<Boolean> MANAGEMENT =
      flag(
              "management_events",
              "whether it records management events",
              "{Basic: EventSelectors[].IncludeManagementEvents, Advanced:"
                  + " AdvancedEventSelectors[].FieldSelectors[?Field=='eventCategory'][].Equals[]}")
          .as(Trails::records);

  public static final Kind KIND =
      Kind.regional(ID, "CloudTrail trail", "cloudtrail:DescribeTrails")
          .asking(Map.of("includeShadowTrails", false))
          .lists("trailList[]")
          .id("TrailARN")
          .name("Name")
          .detail(
              new Detail(
                  "status",
                  Call.of("cloudtrail:GetTrailStatus"),
                  Map.of("Name", Path.at("TrailARN")),
                  "{IsLogging: IsLogging}",
                  Set.of(),
                  List.of(LOGGING)))
          .detail(
              new Detail(
                  "selectors",
                  Call.of("cloudtrail:GetEventSelectors"),
                  Map.of("TrailName", Path.at("TrailARN")),
                  "{EventSelectors: EventSelectors, AdvancedEventSelectors: AdvancedEventSelectors}",
                  Set.of(),
                  List.of(MANAGEMENT)))
          .tags(
              new Tags.Batched(
                  Call.of("cloudtrail:ListTags"),
                  "ResourceIdList",
                  Path.at("TrailARN"),
                  MOST,
                  "ResourceTagList[]",
                  "ResourceId",
                  "TagsList"))
          .knows(MULTI_REGION, ORGANIZATION, GLOBAL, HOME, BUCKET)
          .costsUnknown()
          .check(RedundantTrail.CHECK)
          .row();

  private Trails() {}

  /** A trail without selectors of either sort has not said (CloudTrail API reference). */
  private static @Nullable Object records(Object selectors) {
    Map<?, ?> both = (Map<?, ?>) selectors;
    List<?> basic = both.get("Basic") instanceof List<?> list ? list : List.of();
    List<?> advanced = both.get("Advanced") instanceof List<?> list ? list : List.of();
    return basic.isEmpty() && advanced.isEmpty()
        ? null
        : basic.contains(true) || advanced.contains("Management");
  }
}
