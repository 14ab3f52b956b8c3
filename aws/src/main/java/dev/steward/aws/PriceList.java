package dev.steward.aws;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.pricing.PricingClient;
import software.amazon.awssdk.services.pricing.model.Filter;
import software.amazon.awssdk.services.pricing.model.FilterType;
import software.amazon.awssdk.services.pricing.model.GetProductsRequest;
import software.amazon.awssdk.services.pricing.model.GetProductsResponse;

/**
 * AWS's Price List, asked with the platform's own credentials: prices are no account's (Price List
 * API reference, <a
 * href="https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_pricing_GetProducts.html">GetProducts</a>).
 */
public final class PriceList {
  public static final String ACTION = "pricing:GetProducts";

  /**
   * Where it is (AWS general reference, <a
   * href="https://docs.aws.amazon.com/general/latest/gr/billing.html">Price List API
   * endpoints</a>).
   */
  private static final List<String> REGIONS = List.of("us-east-1", "eu-central-1", "ap-south-1");

  private static final int PAGE = 100;

  private final AwsAccess access;

  public PriceList(AwsAccess access) {
    this.access = access;
  }

  /**
   * Reads every page of the products, each one a JSON text.
   *
   * @throws SdkException what AWS answers
   * @throws SamePage.Again if the pages lead in a circle
   */
  public void products(String service, Map<String, String> filters, Consumer<String> each) {
    GetProductsRequest.Builder ask =
        GetProductsRequest.builder()
            .serviceCode(service)
            .formatVersion("aws_v1")
            .maxResults(Math.min(PAGE, access.settings().pageSize()))
            .filters(
                filters.entrySet().stream()
                    .map(f ->
                        Filter.builder()
                            .type(FilterType.TERM_MATCH)
                            .field(f.getKey())
                            .value(f.getValue())
                            .build())
                    .toList());
    Set<String> tokens = new HashSet<>();
    while (true) {
      GetProductsResponse page = client().getProducts(ask.build());
      page.priceList().forEach(each);
      String next = page.nextToken();
      if (next == null || next.isEmpty()) return;
      if (!tokens.add(next)) throw new SamePage.Again();
      ask.nextToken(next);
    }
  }

  private PricingClient client() {
    String home = access.settings().homeRegion();
    return access.own(
        REGIONS.contains(home) ? home : REGIONS.getFirst(),
        PricingClient.class,
        PricingClient::builder);
  }
}
