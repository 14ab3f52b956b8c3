package dev.steward.activities.governance;

import dev.steward.aws.Lister;
import dev.steward.aws.RegionClients;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Change;
import dev.steward.model.Money;
import dev.steward.model.MoneyPart;
import dev.steward.model.PlanStep;
import dev.steward.model.Resource;
import dev.steward.workflows.governance.ActionActivities.Measure;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.costexplorer.model.Dimension;
import software.amazon.awssdk.services.costexplorer.model.Granularity;
import software.amazon.awssdk.services.costexplorer.model.MetricValue;
import software.amazon.awssdk.services.costexplorer.model.ResultByTime;

/** What a step that is done is seen to save. */
final class SavingsProbe {
  /** Cost Explorer keeps resources for 14 days (API reference, GetCostAndUsageWithResources). */
  private static final int KEPT_DAYS = 13;

  private static final int BASELINE_DAYS = 6;
  private static final double DAYS_A_MONTH = 30.4;
  private static final String METRIC = "UnblendedCost";

  private SavingsProbe() {}

  static Measure measure(RegionClients clients, PlanStep step, Change.Step done, Instant now) {
    Instant at = done.doneAt();
    if (at != null) {
      Optional<Money> billed =
          billed(clients, step.resource(), day(at), day(now)).flatMap(m -> lessBegun(step, m));
      if (billed.isPresent()) return new Measure(step.number(), billed.get(), "cost_explorer");
    }
    Optional<Resource> found = Lister.read(Catalogue.kind(step.kind()), clients, step.resource());
    return new Measure(
        step.number(),
        holds(step, found) ? step.saving() : negative(step.saving()),
        "verified_state");
  }

  /**
   * A resource's bill does not hold what the step made beside it, such as a snapshot; empty where
   * the price of that is not known.
   */
  private static Optional<Money> lessBegun(PlanStep step, Money billed) {
    if (!"false".equals(step.after().get("present"))) return Optional.of(billed);
    // Its bill does not hold what else goes with it either, such as an instance's volumes.
    if (step.money().stream().filter(p -> p.role() == MoneyPart.Role.ENDS).count() > 1)
      return Optional.empty();
    long micros = billed.micros();
    for (MoneyPart part : step.money()) {
      if (part.role() != MoneyPart.Role.BEGINS) continue;
      Money monthly = part.monthly();
      if (monthly == null) return Optional.empty();
      micros -= monthly.micros();
    }
    return Optional.of(new Money(micros));
  }

  private static @Nullable Money negative(@Nullable Money saving) {
    return saving == null ? null : new Money(-saving.micros());
  }

  /** Whether the resource is still as the step left it. */
  static boolean holds(PlanStep step, Optional<Resource> found) {
    if ("false".equals(step.after().get("present"))) return found.isEmpty();
    // What was deleted since costs no more either.
    if (found.isEmpty()) return true;
    Resource now = found.get();
    return step.after().entrySet().stream()
        .allMatch(fact ->
            fact.getKey().equals("state")
                ? fact.getValue().equals(now.state())
                : fact.getValue().equals(now.attribute(fact.getKey())));
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  /** The mean of the days before less that of the days after, as billed; empty where unknown. */
  private static Optional<Money> billed(
      RegionClients clients, String resource, LocalDate changed, LocalDate today) {
    LocalDate from = changed.minusDays(BASELINE_DAYS);
    if (from.isBefore(today.minusDays(KEPT_DAYS))) from = today.minusDays(KEPT_DAYS);
    if (!from.isBefore(changed) || clients.costs().isEmpty()) return Optional.empty();
    Map<LocalDate, Double> days = new TreeMap<>();
    try {
      String start = from.toString();
      for (ResultByTime result :
          clients
              .costs()
              .orElseThrow()
              .getCostAndUsageWithResources(r ->
                  r.timePeriod(p -> p.start(start).end(today.toString()))
                      .granularity(Granularity.DAILY)
                      .metrics(METRIC)
                      .filter(
                          f -> f.dimensions(d -> d.key(Dimension.RESOURCE_ID).values(resource))))
              .resultsByTime())
        if (result.total() != null && result.total().containsKey(METRIC)) {
          MetricValue value = result.total().get(METRIC);
          // In China they are yuan.
          if (!"USD".equals(value.unit())) return Optional.empty();
          days.put(LocalDate.parse(result.timePeriod().start()), Double.valueOf(value.amount()));
        }
    } catch (SdkException | NumberFormatException notAllowedOrUnknown) {
      return Optional.empty();
    }
    OptionalDouble before = mean(days, d -> d.isBefore(changed));
    OptionalDouble after = mean(days, d -> d.isAfter(changed) && d.isBefore(today));
    // A resource that Cost Explorer does not know costs nothing in it, before and after.
    if (before.isEmpty() || after.isEmpty() || before.getAsDouble() <= 0) return Optional.empty();
    return Optional.of(Money.usd((before.getAsDouble() - after.getAsDouble()) * DAYS_A_MONTH));
  }

  private static OptionalDouble mean(
      Map<LocalDate, Double> days, java.util.function.Predicate<LocalDate> wanted) {
    return days.entrySet().stream()
        .filter(e -> wanted.test(e.getKey()))
        .mapToDouble(Map.Entry::getValue)
        .average();
  }
}
