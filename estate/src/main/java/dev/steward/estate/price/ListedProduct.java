package dev.steward.estate.price;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A product of AWS's Price List with its on-demand prices. GetProducts answers each as a JSON text
 * (Price List API reference, <a
 * href="https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_pricing_GetProducts.html">GetProducts</a>;
 * Billing user guide, <a
 * href="https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/reading-service-price-list-file-for-services.html">Reading
 * the service price list file</a>).
 *
 * @param attributes with the product's family as {@code productFamily}
 * @param tiers of the price, the first one first
 */
record ListedProduct(Map<String, String> attributes, List<Tier> tiers) {
  /**
   * @param from which unit of a month on it holds
   * @param usd null where the price is in another currency alone
   */
  record Tier(String unit, BigDecimal from, @Nullable BigDecimal usd) {}

  ListedProduct {
    attributes = Map.copyOf(attributes);
    tiers = List.copyOf(tiers);
  }

  /** Empty where the text is not of that form. */
  static Optional<ListedProduct> read(String json) {
    try {
      JsonNode root = Json.MAPPER.readTree(json);
      JsonNode product = root.path("product");
      if (!product.path("attributes").isObject()) return Optional.empty();
      Map<String, String> attributes = new TreeMap<>();
      product
          .path("attributes")
          .properties()
          .forEach(entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
      attributes.put("productFamily", product.path("productFamily").asText());
      return Optional.of(new ListedProduct(attributes, tiers(root.at("/terms/OnDemand"))));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Of the offer that has been in effect since the latest. */
  private static List<Tier> tiers(JsonNode offers) {
    JsonNode newest = null;
    for (JsonNode offer : offers)
      if (newest == null || since(offer).compareTo(since(newest)) > 0) newest = offer;
    if (newest == null) return List.of();
    List<Tier> tiers = new ArrayList<>();
    for (JsonNode dimension : newest.path("priceDimensions")) {
      JsonNode usd = dimension.path("pricePerUnit").path("USD");
      tiers.add(
          new Tier(
              dimension.path("unit").asText(),
              new BigDecimal(dimension.path("beginRange").asText("0")),
              usd.isMissingNode() ? null : new BigDecimal(usd.asText())));
    }
    tiers.sort(Comparator.comparing(Tier::from));
    return tiers;
  }

  private static String since(JsonNode offer) {
    return offer.path("effectiveDate").asText();
  }

  String attribute(String name) {
    return attributes.getOrDefault(name, "");
  }
}
