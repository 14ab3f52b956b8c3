package dev.steward.estate.lambda;

import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.texts;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Tags;
import java.util.List;

/** Layers of Lambda, by the newest version of each. */
public final class LambdaLayers {
  public static final String ID = "lambda_layer";

  public static final Attribute<Double> VERSION =
      number("version", "the newest", "LatestMatchingVersion.Version");
  public static final Attribute<List<String>> RUNTIMES =
      texts("runtimes", "what it is for", "LatestMatchingVersion.CompatibleRuntimes");

  /** Layers have no tags (Lambda developer guide, "Using tags on Lambda functions"). */
  public static final Kind KIND =
      Kind.regional(ID, "Lambda layer", "lambda:ListLayers")
          .lists("Layers[]")
          .id("LayerArn")
          .name("LayerName")
          .pages(new Paging("Marker", "NextMarker", "MaxItems", 1, 50))
          .tags(Tags.NONE)
          .knows(VERSION, RUNTIMES)
          .costsUnknown()
          .row();

  private LambdaLayers() {}
}
