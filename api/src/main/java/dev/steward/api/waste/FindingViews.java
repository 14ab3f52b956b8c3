package dev.steward.api.waste;

import dev.steward.estate.WasteCheck;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.estate.catalogue.WasteDetector;
import dev.steward.model.Fact;
import dev.steward.model.Finding;
import dev.steward.model.Money;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How findings look from outside. */
public final class FindingViews {
  /**
   * @param saving a month's, in {@code currency}, at list price, or after the discount that the
   *     evidence tells with the list price; null where the price is not known
   * @param kind the check that found it
   * @param actions what can be done about it, the first by default; none where it is advice
   * @param unobserved why it is no longer looked at
   */
  public record FindingView(
      String id,
      String kind,
      String title,
      String resourceKind,
      String account,
      String accountId,
      String region,
      String resource,
      @Nullable String resourceName,
      Finding.State state,
      @Nullable Money saving,
      String currency,
      Finding.Confidence confidence,
      Map<String, Fact> evidence,
      @Nullable String managedBy,
      String priceBook,
      int ruleVersion,
      String scan,
      List<String> actions,
      Instant firstSeen,
      Instant lastSeen,
      @Nullable Instant resolvedAt,
      Finding.@Nullable Judgement judgement,
      @Nullable String unobserved) {}

  private FindingViews() {}

  private static @Nullable String managedBy(Finding f) {
    Fact by = f.evidence().get(WasteDetector.MANAGED_BY);
    return by == null ? null : by.toString();
  }

  static FindingView view(Own own, Finding f) {
    Optional<WasteCheck> check = Catalogue.check(f.check());
    return new FindingView(
        f.id().value(),
        f.check(),
        check.map(WasteCheck::title).orElse(f.check()),
        f.kind(),
        f.account().value(),
        own.find(Tables.ACCOUNTS, f.account().value()).map(a -> a.awsAccount().value()).orElse(""),
        f.region(),
        f.resource(),
        f.resourceName(),
        f.state(),
        f.saving(),
        "USD",
        f.confidence(),
        new TreeMap<>(f.evidence()),
        managedBy(f),
        f.priceBook(),
        f.ruleVersion(),
        f.scan().value(),
        Catalogue.offered(f),
        f.firstSeen(),
        f.lastSeen(),
        f.resolvedAt(),
        f.judgement(),
        f.unobserved());
  }
}
