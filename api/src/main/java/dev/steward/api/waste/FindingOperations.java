package dev.steward.api.waste;

import static dev.steward.api.Operation.client;

import dev.steward.api.ListFilter;
import dev.steward.api.Operation;
import dev.steward.api.QueryParameter;
import dev.steward.api.Sorts;
import dev.steward.api.client.AccountViews;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Finding;
import dev.steward.model.Money;
import dev.steward.storage.Tables;
import java.util.List;
import java.util.stream.Stream;

/** Findings. */
public final class FindingOperations {
  /** A check, or the kind of resource that it is about. */
  static final QueryParameter<String> KIND =
      QueryParameter.oneOf(
              "kind",
              Catalogue.CHECKS.stream()
                  .flatMap(check -> Stream.of(check.id(), check.kind()))
                  .distinct()
                  .sorted()
                  .toList())
          .means("a check, or a kind of resource");

  private static final QueryParameter<Finding.State> STATE =
      QueryParameter.constant("state", Finding.State.class);
  private static final QueryParameter<Money> MIN_SAVING =
      QueryParameter.money("min_saving")
          .means("dollars a month; what has no price is not known to save so much");

  private static final Sorts<Finding> SORTS =
      Sorts.<Finding>of(Finding::id)
          .money("saving", Finding::saving)
          .time("first_seen", Finding::firstSeen)
          .time("last_seen", Finding::lastSeen)
          .text("kind", Finding::check)
          .text("region", Finding::region)
          .text("resource", Finding::resource)
          .constant("state", Finding::state)
          .first("-saving")
          .also("saving_asc", "saving")
          .also("saving_desc", "-saving");

  public List<Operation<?, ?>> operations() {
    return List.of(
        client("GET", "/waste/findings", "waste", "What costs money for nothing")
            .refuses(404)
            .list(
                FindingViews.FindingView.class,
                SORTS,
                ListFilter.by(KIND, (f, kind) -> kind.equals(f.check()) || kind.equals(f.kind())),
                AccountViews.of(Finding::account),
                ListFilter.by(AccountViews.REGION, (f, region) -> region.equals(f.region())),
                ListFilter.by(STATE, (f, state) -> state == f.state()),
                ListFilter.by(MIN_SAVING, FindingOperations::saves))
            .paged(Tables.FINDINGS, List.of(Tables.ACCOUNTS), FindingViews::view),
        client("GET", "/waste/findings/{id}", "waste", "A finding with its evidence")
            .gives(FindingViews.FindingView.class)
            .refuses(404)
            .answers(call ->
                FindingViews.view(call.own(), call.own().get(Tables.FINDINGS, call.path("id")))));
  }

  private static boolean saves(Finding f, Money least) {
    Money saving = f.saving();
    return saving != null && saving.compareTo(least) >= 0;
  }
}
