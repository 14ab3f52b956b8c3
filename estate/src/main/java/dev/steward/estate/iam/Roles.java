package dev.steward.estate.iam;

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
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Roles of IAM, which costs nothing (IAM user guide, "What is IAM?": no additional charge). A
 * listing does not say when they were used, nor their tags (IAM API reference, ListRoles).
 */
public final class Roles {
  public static final String ID = "iam_role";

  public static final Attribute<String> PATH =
      text("path", "/aws-service-role/ and /aws-reserved/ are AWS's own", "Path");
  public static final Attribute<Instant> USED =
      time(
          "last_used",
          "absent: not in the days that IAM keeps, 400 at most",
          "RoleLastUsed.LastUsedDate");
  public static final Attribute<String> USED_IN =
      text("last_used_in", "the region", "RoleLastUsed.Region");

  public static final Kind KIND =
      Kind.global(ID, "IAM role", Call.of("iam:ListRoles"))
          .lists("Roles[]")
          .id("Arn")
          .name("RoleName")
          .created("CreateDate")
          .pages(new Paging("Marker", "Marker", "MaxItems", 1, 100))
          .detail(
              new Detail(
                  "use",
                  Call.of("iam:GetRole"),
                  Map.of("RoleName", Path.at("RoleName")),
                  "Role",
                  Set.of(),
                  List.of(USED, USED_IN)))
          .tags(
              new Tags.Asked(
                  Call.of("iam:ListRoleTags"),
                  Map.of("RoleName", Path.at("RoleName")),
                  "Tags",
                  "Marker",
                  Set.of()))
          .knows(PATH)
          .costsNothing()
          .row();

  private Roles() {}
}
