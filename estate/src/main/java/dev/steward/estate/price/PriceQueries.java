package dev.steward.estate.price;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every question that is asked of AWS's Price List. Services, families, usage types and attributes
 * are those by which Infracost finds the same prices (infracost/infracost@95ba4f4, {@code
 * internal/resources/aws}); where one is wrong or has changed, nothing is found, and what was known
 * stays.
 */
public final class PriceQueries {
  public static final List<PriceQuery> ALL =
      Stream.of(ComputeQueries.ALL, NetworkQueries.ALL, DatabaseQueries.ALL, DataQueries.ALL)
          .flatMap(List::stream)
          .toList();

  private PriceQueries() {}

  public static Optional<PriceQuery> find(String id) {
    return ALL.stream().filter(query -> query.id().equals(id)).findFirst();
  }
}
