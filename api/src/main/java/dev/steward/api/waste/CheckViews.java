package dev.steward.api.waste;

import dev.steward.estate.Metric;
import dev.steward.estate.WasteCheck;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.estate.catalogue.WasteDetector;
import dev.steward.model.CheckSettings;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import java.util.List;
import java.util.Map;

/** How checks look from outside, with the thresholds that are in force. */
public final class CheckViews {
  public record ThresholdView(
      String name,
      double value,
      double standard,
      double minimum,
      double maximum,
      String unit,
      String meaning) {}

  public record MetricView(
      String id,
      String namespace,
      String name,
      String statistic,
      String unit,
      String noDatapointMeans) {}

  public record ActionView(String id, String title, boolean undoable) {}

  public record KindView(
      String kind,
      String title,
      String resourceKind,
      boolean enabled,
      int ruleVersion,
      List<ThresholdView> thresholds,
      List<String> permissions,
      List<MetricView> metrics,
      List<ActionView> actions,
      String priceBook) {}

  private CheckViews() {}

  static KindView view(Own own, WasteCheck check, String priceBook) {
    CheckSettings set =
        own.find(Tables.CHECK_SETTINGS, CheckSettings.key(own.organization(), check.id()))
            .orElse(null);
    Map<String, Double> values = WasteDetector.thresholds(check, set);
    return new KindView(
        check.id(),
        check.title(),
        check.kind(),
        set == null || set.enabled(),
        check.version(),
        check.thresholds().stream()
            .map(t ->
                new ThresholdView(
                    t.name(),
                    values.getOrDefault(t.name(), t.value()),
                    t.value(),
                    t.minimum(),
                    t.maximum(),
                    t.unit(),
                    t.meaning()))
            .toList(),
        Catalogue.kind(check.kind()).actions(),
        check.metrics().stream()
            .flatMap(m -> Catalogue.kind(check.kind()).metric(m).stream())
            .map(CheckViews::view)
            .toList(),
        check.remediations().stream()
            .flatMap(id -> Catalogue.remediation(id).stream())
            .map(r -> new ActionView(r.id(), r.title(), r.undoable()))
            .toList(),
        priceBook);
  }

  private static MetricView view(Metric m) {
    return new MetricView(
        m.id(),
        m.namespace(),
        m.name(),
        m.statistic(),
        m.unit(),
        m.absence() == Metric.Absence.MEANS_ZERO ? "zero" : "unknown");
  }
}
