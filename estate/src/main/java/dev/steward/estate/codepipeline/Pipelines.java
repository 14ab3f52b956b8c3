package dev.steward.estate.codepipeline;

import static dev.steward.estate.Attribute.ids;
import static dev.steward.estate.Attribute.text;
import static dev.steward.estate.Attribute.time;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Detail;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.Tags;
import dev.steward.estate.iam.Roles;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Pipelines of CodePipeline. */
public final class Pipelines {
  public static final String ID = "pipeline";

  public static final Attribute<String> TYPE =
      text("type", "V1, paid by the month, or V2, paid by the minute", "pipelineType");
  public static final Attribute<Instant> UPDATED =
      time("updated", "when it was last changed", "updated");
  public static final Attribute<List<String>> ROLE =
      ids("role", "what it acts as", "pipeline.roleArn", Roles.ID);

  public static final Kind KIND =
      Kind.regional(ID, "CodePipeline pipeline", "codepipeline:ListPipelines")
          .lists("pipelines[]")
          .id("name")
          .name("name")
          .created("created")
          .pages(new Paging("nextToken", "nextToken", "maxResults", 1, 50))
          .detail(
              new Detail(
                  "pipeline",
                  Call.of("codepipeline:GetPipeline"),
                  Map.of("name", Path.at("name")),
                  "{pipeline: pipeline, metadata: metadata}",
                  Set.of(),
                  List.of(ROLE)))
          .tags(
              new Tags.Asked(
                  Call.of("codepipeline:ListTagsForResource"),
                  Map.of("resourceArn", Path.at("metadata.pipelineArn")),
                  "tags",
                  "nextToken",
                  Set.of()))
          .knows(TYPE, UPDATED)
          .costsUnknown()
          .row();

  private Pipelines() {}
}
