package dev.steward.estate.sagemaker;

import static dev.steward.estate.Attribute.ids;
import static dev.steward.estate.Attribute.number;
import static dev.steward.estate.Attribute.text;
import static dev.steward.estate.Attribute.texts;

import dev.steward.estate.Attribute;
import dev.steward.estate.Call;
import dev.steward.estate.Detail;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.Paging;
import dev.steward.estate.Path;
import dev.steward.estate.PriceBook;
import dev.steward.estate.price.Item.NodeHour;
import dev.steward.estate.price.Item.NodeService;
import dev.steward.estate.price.Quote;
import dev.steward.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Endpoints of SageMaker, whose instances are paid whether anything asks them or not. */
public final class MlEndpoints {
  public static final String ID = "sagemaker_endpoint";

  public static final Attribute<String> CONFIGURATION =
      text("configuration", "what it was made of", "EndpointConfigName");
  public static final Attribute<List<String>> VARIANTS =
      texts(
          "variants",
          "name:instances of each",
          "ProductionVariants[].join(':', [VariantName, to_string(CurrentInstanceCount)])");
  public static final Attribute<List<String>> TYPES =
      texts(
          "instance_types",
          "name:type of each variant that has instances",
          "ProductionVariants[?InstanceType].join(':', [VariantName, InstanceType])");
  public static final Attribute<Double> SERVERLESS =
      number(
          "serverless_variants",
          "how many have no instances",
          "length(ProductionVariants[?ServerlessConfig] || `[]`)");
  public static final Attribute<List<String>> MODELS =
      ids("models", "what answers", "ProductionVariants[].ModelName", MlModels.ID);

  /** Requests to parts of a variant, which has no model of its own then, are counted elsewhere. */
  public static final Attribute<String> VARIANT =
      text(
              "variant",
              "its only one; absent where there are several, or none with a model of its own",
              "ProductionVariants[].[VariantName, ModelName]")
          .as(MlEndpoints::only);

  public static final Kind KIND =
      Kind.regional(ID, "SageMaker endpoint", "sagemaker:ListEndpoints")
          .lists("Endpoints[]")
          .id("EndpointName")
          .name("EndpointName")
          .state("EndpointStatus")
          .created("CreationTime")
          .pages(new Paging("NextToken", "NextToken", "MaxResults", 1, 100))
          .detail(
              new Detail(
                  "endpoint",
                  Call.of("sagemaker:DescribeEndpoint"),
                  Map.of("EndpointName", Path.at("EndpointName")),
                  "{EndpointConfigName: EndpointConfigName, ProductionVariants: ProductionVariants}",
                  Set.of(),
                  List.of(CONFIGURATION, VARIANTS)))
          .detail(
              new Detail(
                  "configuration",
                  Call.of("sagemaker:DescribeEndpointConfig"),
                  Map.of("EndpointConfigName", Path.at("EndpointConfigName")),
                  "{ProductionVariants: ProductionVariants}",
                  Set.of(),
                  List.of(TYPES, SERVERLESS, MODELS, VARIANT)))
          .tags(MlTags.of("EndpointArn"))
          .measures(
              Metric.of(
                      "invocations", "AWS/SageMaker", "Invocations", "EndpointName", "Sum", "count")
                  .with("VariantName", VARIANT)
                  .silentWhenNothingHappens(
                      "SageMaker AI developer guide, Amazon SageMaker AI endpoint invocation"
                          + " metrics: request metrics are from calls to InvokeEndpoint"))
          .costs(MlEndpoints::monthly)
          .check(IdleMlEndpoint.CHECK)
          .row();

  private MlEndpoints() {}

  private static @Nullable Object only(Object variants) {
    if (!(variants instanceof List<?> all) || all.size() != 1) return null;
    List<?> named = (List<?>) all.getFirst();
    return named.size() == 2 && named.get(1) != null ? named.getFirst() : null;
  }

  /** Of the instances that it has; what serves without any is paid by use, which nobody knows. */
  private static Optional<Quote> monthly(Resource endpoint, PriceBook prices) {
    List<String> types = TYPES.of(endpoint);
    List<String> variants = VARIANTS.of(endpoint);
    if (types == null || variants == null || !SERVERLESS.is(0.0, endpoint)) return Optional.empty();
    if (types.isEmpty() || types.size() != variants.size()) return Optional.empty();
    return Quote.sum(variants, variant -> monthly(variant, types, endpoint, prices));
  }

  private static Optional<Quote> monthly(
      String variant, List<String> types, Resource endpoint, PriceBook prices) {
    int colon = variant.lastIndexOf(':');
    String name = variant.substring(0, colon + 1);
    String count = variant.substring(colon + 1);
    if (!count.matches("\\d{1,6}")) return Optional.empty();
    return types.stream()
        .filter(type -> type.startsWith(name))
        .findFirst()
        .flatMap(type ->
            prices.price(
                endpoint.region(),
                new NodeHour(NodeService.SAGEMAKER_HOSTING, type.substring(name.length()))))
        .map(price -> Quote.hours(price).times(Integer.parseInt(count)));
  }
}
