package dev.steward.estate.comprehend;

import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.text;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Tags;
import dev.steward.estate.price.Item.Unit;
import dev.steward.estate.price.Quote;
import dev.steward.model.Resource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Endpoints of Comprehend, which are paid by the second whether anything asks them or not. */
public final class Endpoints {
  public static final String ID = "comprehend_endpoint";

  public static final Attribute<Double> UNITS =
      number("inference_units", "how many it has", "CurrentInferenceUnits");
  public static final Attribute<String> MODEL = text("model", "ARN of what answers", "ModelArn");

  public static final Kind KIND =
      Kind.regional(ID, "Comprehend endpoint", "comprehend:ListEndpoints")
          .lists("EndpointPropertiesList[]")
          .id("EndpointArn")
          .state("Status")
          .created("CreationTime")
          .pages(new Paging("NextToken", "NextToken", "MaxResults", 1, 100))
          .tags(
              new Tags.Asked(
                  Call.of("comprehend:ListTagsForResource"),
                  Map.of("ResourceArn", Path.at("EndpointArn")),
                  "Tags",
                  "",
                  Set.of()))
          .knows(UNITS, MODEL)
          .measures(
              Metric.of(
                  "consumed",
                  "AWS/Comprehend",
                  "ConsumedInferenceUnits",
                  "EndpointArn",
                  "Maximum",
                  "units"))
          .costs(Endpoints::monthly)
          .check(IdleEndpoint.CHECK)
          .row();

  private Endpoints() {}

  private static Optional<Quote> monthly(Resource endpoint, PriceBook prices) {
    Double units = UNITS.of(endpoint);
    return units == null
        ? Optional.empty()
        : prices.units(endpoint, Unit.COMPREHEND_UNIT_SECOND, units * Quote.HOURS * 3_600);
  }
}
