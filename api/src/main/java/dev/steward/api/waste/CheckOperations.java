package dev.steward.api.waste;

import static dev.steward.api.Operation.client;

import dev.steward.api.Invocation;
import dev.steward.api.Operation;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.Sorts;
import dev.steward.domain.governance.desk.Scope;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Threshold;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.CheckSettings;
import dev.steward.model.Problem;
import dev.steward.model.Violation;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The catalogue of checks, and what an organization sets about them. */
public final class CheckOperations {
  private static final Sorts<WasteCheck> SORTS =
      Sorts.<WasteCheck>of(WasteCheck::id)
          .number("number", check -> (long) Catalogue.CHECKS.indexOf(check))
          .text("kind", WasteCheck::id)
          .text("resource_kind", WasteCheck::kind)
          .text("title", WasteCheck::title);

  private final PriceBook prices;

  public CheckOperations(PriceBook prices) {
    this.prices = prices;
  }

  public record SettingsChange(
      @Nullable Boolean enabled, @Rule(max = 20) @Nullable Map<String, Double> thresholds) {}

  public List<Operation<?, ?>> operations() {
    return List.of(
        client("GET", "/waste/kinds", "waste", "What is checked, and how")
            .list(CheckViews.KindView.class, SORTS)
            .whole((own, call) -> Catalogue.CHECKS.stream(), this::view),
        client("GET", "/waste/kinds/{kind}/settings", "waste", "How one check is set")
            .gives(CheckViews.KindView.class)
            .refuses(404)
            .answers(call -> view(call.own(), check(call))),
        client(
                "PUT",
                "/waste/kinds/{kind}/settings",
                "waste",
                "Thresholds of a check, and whether it runs")
            .about(CheckOperations::check)
            .takes(SettingsChange.class)
            .gives(CheckViews.KindView.class)
            .refuses(404)
            .writes(this::change));
  }

  private CheckViews.KindView view(Own own, WasteCheck check) {
    return CheckViews.view(own, check, prices.version());
  }

  private static WasteCheck check(Request request) {
    return Catalogue.check(request.path("kind")).orElseThrow(() -> Problem.notFound("check"));
  }

  private CheckViews.KindView change(Invocation<SettingsChange> call, Transaction t) {
    WasteCheck check = check(call);
    SettingsChange change = call.body();
    Map<String, Double> wanted = change.thresholds() == null ? Map.of() : change.thresholds();
    refuse(check, wanted);
    CheckSettings before =
        call.own(t)
            .find(Tables.CHECK_SETTINGS, CheckSettings.key(call.organization(), check.id()))
            .orElse(new CheckSettings(call.organization(), check.id(), true, Map.of()));
    Map<String, Double> thresholds = new HashMap<>(before.thresholds());
    thresholds.putAll(wanted);
    boolean enabled = change.enabled() == null ? before.enabled() : change.enabled();
    t.put(
        Tables.CHECK_SETTINGS,
        new CheckSettings(call.organization(), check.id(), enabled, thresholds));
    Scope.leave(t, call.own(t).all(Tables.FINDINGS).filter(f -> f.check().equals(check.id())));
    return view(call.own(t), check);
  }

  private static void refuse(WasteCheck check, Map<String, Double> wanted) {
    List<Violation> violations = new ArrayList<>();
    wanted.forEach((name, value) -> {
      Optional<Threshold> threshold =
          check.thresholds().stream().filter(t -> t.name().equals(name)).findFirst();
      if (threshold.isEmpty())
        violations.add(
            new Violation(
                "thresholds." + name,
                "is not a threshold of this check; it has "
                    + check.thresholds().stream().map(Threshold::name).toList()));
      else if (value < threshold.get().minimum() || value > threshold.get().maximum())
        violations.add(
            new Violation(
                "thresholds." + name,
                "must be from " + threshold.get().minimum() + " to " + threshold.get().maximum()));
    });
    if (!violations.isEmpty()) throw Problem.invalid(violations);
  }
}
