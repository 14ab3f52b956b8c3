package dev.steward.activities.prices;

import dev.steward.aws.AwsError;
import dev.steward.aws.PriceList;
import dev.steward.domain.prices.PriceMaking;
import dev.steward.estate.price.PriceQueries;
import dev.steward.estate.price.PriceQuery;
import dev.steward.estate.price.PriceReading;
import dev.steward.model.Coverage;
import dev.steward.model.PriceAnswer;
import dev.steward.model.PriceRefresh;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.workflows.prices.PricingActivities;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;

/** Reads the answers of AWS's Price List. */
public final class AwsPricingActivities implements PricingActivities {
  private static final Set<String> REGIONS =
      Region.regions().stream()
          .filter(region -> !region.isGlobalRegion())
          .map(Region::id)
          .collect(Collectors.toUnmodifiableSet());

  private final Store store;
  private final PriceList list;
  private final PriceMaking making;

  public AwsPricingActivities(Store store, PriceList list, PriceMaking making) {
    this.store = store;
    this.list = list;
    this.making = making;
  }

  @Override
  public Answer read(Question question) {
    Optional<PriceRefresh> refresh = find(question);
    Optional<PriceQuery> query = PriceQueries.find(question.query());
    if (refresh.isEmpty() || refresh.get().status().isOver() || query.isEmpty())
      return new Answer(0, false);
    PriceReading reading = new PriceReading(query.get(), REGIONS);
    try {
      list.products(query.get().service(), query.get().filters(), reading::read);
    } catch (SdkException e) {
      return switch (AwsError.of(e)) {
        case DENIED, BAD_CREDENTIALS -> refused(question, e);
        case PASSING, THROTTLED, BUSY, UNREACHABLE, EXPIRED, PERMANENT, GONE, UNAVAILABLE ->
            throw e;
      };
    }
    Map<String, Integer> ignored = new TreeMap<>();
    reading
        .ignored()
        .forEach((why, count) -> ignored.put(why.name().toLowerCase(Locale.ROOT), count));
    int prices = reading.prices().size();
    keep(
        question,
        new PriceAnswer(
            question.query(),
            Coverage.ANSWERED,
            reading.products(),
            prices,
            ignored,
            making.keep(reading.prices()),
            prices > 0 ? null : "no product is what was asked for"));
    return new Answer(prices, false);
  }

  private Answer refused(Question question, SdkException e) {
    keep(
        question,
        PriceAnswer.none(
            question.query(),
            Coverage.DENIED,
            "the platform's own credentials may not ask AWS for prices ("
                + AwsError.code(e)
                + "): allow them "
                + PriceList.ACTION));
    return new Answer(0, true);
  }

  private Optional<PriceRefresh> find(Question question) {
    return store.state().find(Tables.PRICE_REFRESHES, question.refresh().refresh().value());
  }

  private void keep(Question question, PriceAnswer answer) {
    store.write(t -> {
      t.find(Tables.PRICE_REFRESHES, question.refresh().refresh().value())
          .filter(r -> !r.status().isOver())
          .ifPresent(r -> t.put(Tables.PRICE_REFRESHES, r.answered(answer)));
      return true;
    });
  }
}
