package dev.steward.estate.codebuild;

import static dev.steward.estate.Attribute.ids;
import static dev.steward.estate.Attribute.text;
import static dev.steward.estate.Attribute.time;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Detail;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import dev.steward.estate.iam.Roles;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Projects of CodeBuild, which are paid by the minutes of their builds. */
public final class BuildProjects {
  public static final String ID = "codebuild_project";

  public static final Attribute<String> COMPUTE =
      text("compute", "BUILD_GENERAL1_SMALL, …", "environment.computeType");
  public static final Attribute<String> IMAGE =
      text("image", "what it builds in", "environment.image");
  public static final Attribute<Instant> CHANGED =
      time("last_changed", "when it was last changed", "lastModified");
  public static final Attribute<List<String>> ROLE =
      ids("role", "what it acts as", "serviceRole", Roles.ID);

  public static final Kind KIND =
      Kind.regional(ID, "CodeBuild project", "codebuild:ListProjects")
          .lists("projects[].{name: @}")
          .id("name")
          .name("name")
          .created("created")
          .pages(Paging.unsized("nextToken"))
          .detail(
              new Detail(
                  "project",
                  Call.of("codebuild:BatchGetProjects"),
                  Map.of("names", Path.at("name")),
                  "projects[0]",
                  Set.of(),
                  List.of(COMPUTE, IMAGE, CHANGED, ROLE)))
          .tags(Tags.listed("tags"))
          .measures(
              Metric.of("builds", "AWS/CodeBuild", "Builds", "ProjectName", "Sum", "count")
                  .silentWhenNothingHappens(
                      "CodeBuild user guide, CodeBuild CloudWatch metrics: Builds measures the"
                          + " number of builds triggered"))
          .costsUnknown()
          .row();

  private BuildProjects() {}
}
