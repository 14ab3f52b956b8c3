package dev.steward.estate.catalogue;

import static dev.steward.estate.catalogue.World.days;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.Metric;
import dev.steward.estate.MetricSeries;
import dev.steward.estate.Sight;
import dev.steward.estate.Threshold;
import dev.steward.estate.Verdict;
import dev.steward.estate.WasteCheck;
import dev.steward.model.Fact;
import dev.steward.model.Resource;
import dev.steward.model.Scan.CheckResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every check on what is waste for certain, with one thing about it taken away or turned: no data
 * is never waste, and a single sign of use is enough.
 */
final class NearMissTest {
  /** Those whose waste is not the absence of use but what the resource is set to. */
  private static final Set<String> SETTINGS =
      Set.of("gp2_volume", "log_group_without_retention", "bucket_without_lifecycle");

  /** Those of which the book does not know what they cost, or that are free. */
  private static final Set<String> WITHOUT_MONEY =
      Set.of(
          "failing_lambda_function", "redundant_trail", "unused_workspace", "always_on_workspace");

  /** Those that look at other times than when it was made. */
  private static final Set<String> AGELESS =
      Set.of(
          "unattached_address",
          "stopped_instance",
          "oversized_instance",
          "failing_lambda_function",
          "repository_without_lifecycle",
          "redundant_trail",
          "unused_workspace",
          "always_on_workspace",
          "old_dashboard");

  static Stream<String> checks() {
    return CertainWaste.BY_CHECK.keySet().stream();
  }

  private static WasteCheck row(String check) {
    return Catalogue.check(check).orElseThrow();
  }

  private static boolean isWaste(Verdict verdict) {
    return verdict instanceof Verdict.Waste;
  }

  @ParameterizedTest
  @MethodSource("checks")
  void itIsWasteWithMoneyAndEvidence(String check) {
    assertThat(Case.of(check).verdict())
        .isInstanceOfSatisfying(
            Verdict.Waste.class,
            waste -> {
              if (!WITHOUT_MONEY.contains(check))
                assertThat(requireNonNull(waste.saving()).micros()).isPositive();
              assertThat(waste.evidence()).isNotEmpty();
              assertThat(waste.evidence().values()).allSatisfy(NearMissTest::saysWhatItIs);
            });
  }

  private static void saysWhatItIs(Fact fact) {
    if (fact instanceof Fact.Text text)
      assertThat(text.value())
          .doesNotMatch(".*(null|NaN|Infinity).*")
          .doesNotMatch("[-+]?\\d+(\\.\\d+)?|true|false");
  }

  // What was not answered

  @ParameterizedTest
  @MethodSource("checks")
  void itIsNoWasteWhereAKindThatItNeedsWasNotAnswered(String check) {
    // What AWS says is associated with nothing needs nobody else's listing.
    if (check.equals("unattached_address")) return;
    for (String kind : row(check).needs()) {
      Case one = Case.of(check);
      one.world().answered.remove(World.REGION + "/" + kind);
      assertThat(one.verdict()).as(kind).isInstanceOf(Verdict.Unknown.class);
    }
  }

  @ParameterizedTest
  @MethodSource("checks")
  void itIsNoWasteWhereItsTagsOrSomethingOfItCouldNotBeRead(String check) {
    for (String mark : List.of(Resource.TAGS_UNKNOWN, Resource.DETAILS_MISSING)) {
      Case one = Case.of(check).set(mark, "true");
      CheckResult result = result(one);
      assertThat(result.unknown()).as(mark).isEqualTo(1);
      assertThat(result.waste()).as(mark).isZero();
    }
  }

  private static CheckResult result(Case one) {
    return WasteDetector.run(List.of(one.resource()), one.world().sight(), Map.of())
        .results()
        .stream()
        .filter(r -> r.check().equals(one.check()))
        .findFirst()
        .orElseThrow();
  }

  /** What it looks at to see use, and nothing of it. */
  @ParameterizedTest
  @MethodSource("checks")
  void itIsNoWasteForCertainWithoutWhatItMeasures(String check) {
    if (row(check).metrics().isEmpty()) return;
    Case silent = Case.of(check);
    silent.world().metrics.clear();
    Case empty = Case.of(check);
    empty
        .metrics()
        .replaceAll((name, series) -> {
          double[] none = series.values();
          Arrays.fill(none, Double.NaN);
          return new MetricSeries(none, series.resolution(), series.unfinished());
        });
    // Targets that are not there are told by their listing; requests are a further sign.
    if (check.equals("load_balancer_without_targets")) return;
    assertThat(silent.verdict()).as("not answered").isInstanceOf(Verdict.Unknown.class);
    assertThat(isWaste(empty.verdict())).as("no datapoints").isFalse();
  }

  /** With less known of it, it never saves more. */
  @ParameterizedTest
  @MethodSource("checks")
  void oneFactLessNeverMakesItSaveMore(String check) {
    Verdict.Waste whole = (Verdict.Waste) Case.of(check).verdict();
    List<Case> fewer = new ArrayList<>();
    for (String attribute : Case.of(check).resource().attributes().keySet())
      fewer.add(Case.of(check).without(attribute));
    fewer.add(Case.of(check).in(null));
    fewer.add(Case.of(check).made(null));
    for (Case one : fewer)
      if (one.verdict() instanceof Verdict.Waste left && left.saving() != null)
        assertThat(left.saving().micros())
            .as("%s", one.resource())
            .isLessThanOrEqualTo(requireNonNull(whole.saving()).micros());
  }

  @ParameterizedTest
  @MethodSource("checks")
  void ofWhichNothingIsKnownNothingIsWaste(String check) {
    if (SETTINGS.contains(check)) return;
    World world = new World();
    world.answered.clear();
    Resource bare =
        new Resource("bare", row(check).kind(), World.REGION, null, null, null, Map.of(), Map.of());
    world.inventory.add(bare);
    // An address without an association is one that is attached to nothing, as AWS lists it.
    if (check.equals("unattached_address")) return;
    assertThat(isWaste(world.judge(check, bare))).isFalse();
  }

  // Signs of use

  /** By check: metrics of which any value says that it is used. */
  private static final Map<String, Map<String, Double>> BUSY =
      Map.of(
          "idle_instance", Map.of("network_in", 5.1e6, "network_out", 5.1e6),
          "idle_nat_gateway", Map.of("bytes_out", 1.0),
          "idle_rds_instance", Map.of("connections", 1.0));

  static Stream<String> busy() {
    return BUSY.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("busy")
  void oneBusyDayOfTheFortnightIsEnough(String check) {
    requireNonNull(BUSY.get(check))
        .forEach((metric, value) -> {
          for (int day = 0; day < Metric.WINDOW_DAYS; day++) {
            Case one = Case.of(check);
            double[] values = one.series(metric).values();
            values[day] = value;
            one.metrics().put(metric, MetricSeries.daily(values));
            assertThat(one.verdict()).as("%s on day %s", metric, day).isEqualTo(Verdict.FINE);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("busy")
  void withFewerDaysThanItsThresholdNobodyCanTell(String check) {
    for (String metric : requireNonNull(BUSY.get(check)).keySet())
      for (int known = 0; known <= Metric.WINDOW_DAYS; known++) {
        Case one = Case.of(check);
        double[] values = one.series(metric).values();
        Arrays.fill(values, known, values.length, Double.NaN);
        one.metrics().put(metric, MetricSeries.daily(values));
        assertThat(isWaste(one.verdict()))
            .as("%s known on %s days", metric, known)
            .isEqualTo(known >= Threshold.MIN_DATAPOINTS.value());
      }
  }

  /** A volume is attached as long as it sends; a week after the last day it is not. */
  @Test
  void aVolumeThatWasAttachedWithinTheWeekIsFine() {
    for (int ago = 0; ago < Metric.WINDOW_DAYS; ago++) {
      Case one = Case.of("unattached_volume");
      double[] values = days(14, 0);
      values[13 - ago] = 288;
      one.metrics().put("attached", MetricSeries.daily(values));
      assertThat(isWaste(one.verdict())).as("attached %s days ago", ago).isEqualTo(ago >= 8);
    }
  }

  // States and ages

  @ParameterizedTest
  @CsvSource({
    "unattached_volume, in-use",
    "unattached_volume, creating",
    "unattached_volume, deleting",
    "unattached_volume, error",
    "idle_instance, stopped",
    "idle_instance, pending",
    "idle_instance, shutting-down",
    "oversized_instance, stopped",
    "stopped_instance, stopping",
    "stopped_instance, running",
    "idle_nat_gateway, pending",
    "idle_nat_gateway, failed",
    "idle_nat_gateway, deleting",
    "idle_rds_instance, stopped",
    "idle_rds_instance, backing-up",
    "idle_rds_instance, modifying"
  })
  void inAnotherStateItIsNotWaste(String check, String state) {
    assertThat(Case.of(check).in(state).verdict()).isEqualTo(Verdict.FINE);
  }

  @ParameterizedTest
  @CsvSource({
    "unattached_volume, 7",
    "old_snapshot, 90",
    "orphan_snapshot, 30",
    "unused_image, 90",
    "idle_nat_gateway, 7",
    "load_balancer_without_targets, 7",
    "idle_rds_instance, 7"
  })
  void itIsWasteFromItsAgeOnAndNotASecondBefore(String check, int days) {
    Instant exactly = World.NOW.minus(Duration.ofDays(days));
    assertThat(isWaste(Case.of(check).made(exactly).verdict())).isTrue();
    assertThat(Case.of(check).made(exactly.plusSeconds(1)).verdict()).isEqualTo(Verdict.FINE);
    assertThat(Case.of(check).made(null).verdict()).isInstanceOf(Verdict.Unknown.class);
  }

  /** Our clock and theirs differ. */
  @ParameterizedTest
  @MethodSource("checks")
  void whatIsMadeInTheFutureIsNotOldEnough(String check) {
    if (SETTINGS.contains(check) || AGELESS.contains(check)) return;
    assertThat(Case.of(check).made(World.NOW.plusSeconds(60)).verdict()).isEqualTo(Verdict.FINE);
  }

  // What makes an exception of it

  @ParameterizedTest
  @CsvSource({
    "gp2_volume, volume_type, gp3",
    "old_snapshot, description, Created by AWS Backup",
    "unused_image, public, true",
    "unattached_address, association, eipassoc-1",
    "unattached_address, interface, eni-1",
    "load_balancer_without_targets, redirects, true",
    "idle_rds_instance, replica_of, primary",
    "log_group_without_retention, retention_days, 3653",
    "bucket_without_lifecycle, lifecycle_rules, 1",
    "stopped_instance, stopped_at, 2026-11-01T00:00:00Z"
  })
  void thisMakesAnExceptionOfIt(String check, String attribute, String value) {
    assertThat(Case.of(check).set(attribute, value).verdict()).isEqualTo(Verdict.FINE);
  }

  @ParameterizedTest
  @CsvSource({
    "old_snapshot, ec2_image, snapshots, snap-1",
    "old_snapshot, ec2_image, snapshots, 'snap-0,snap-1,snap-2'",
    "orphan_snapshot, ec2_image, snapshots, snap-1",
    "unused_image, ec2_instance, image, ami-1"
  })
  void whatAnotherResourceNamesIsNotWaste(
      String check, String kind, String attribute, String names) {
    Case one = Case.of(check);
    one.world().add(kind, "other", "running", 5, attribute, names);
    assertThat(one.verdict()).isEqualTo(Verdict.FINE);
    Case elsewhere = Case.of(check);
    elsewhere.world().add(kind, "other", "running", 5, attribute, names.replace("-1", "-10"));
    assertThat(isWaste(elsewhere.verdict())).as("another one is named").isTrue();
  }

  @Test
  void aBalancerWithOneTargetInOneOfItsGroupsIsNotWaste() {
    for (String targets : List.of("1", "")) {
      Case one = Case.of("load_balancer_without_targets");
      one.world().add("target_group", "none", null, 60, "load_balancers", "lb-1", "targets", "0");
      one.world()
          .add("target_group", "some", null, 60, "load_balancers", "lb-1", "targets", targets);
      assertThat(isWaste(one.verdict())).as("targets '%s'", targets).isFalse();
    }
  }

  // At any hour

  /** The same account some hours later is the same account. */
  @ParameterizedTest
  @MethodSource("checks")
  void theHourOfTheDayDoesNotMatter(String check) {
    Verdict noon = Case.of(check).verdict();
    for (int hours = -11; hours <= 12; hours++) {
      Case one = Case.of(check);
      Duration later = Duration.ofHours(hours);
      List<Resource> moved = one.world().inventory.stream().map(r -> moved(r, later)).toList();
      Resource resource = moved.get(one.world().inventory.indexOf(one.resource()));
      Sight sight =
          new Sight(
              moved,
              one.world().answered,
              one.world().metrics,
              one.world().sight().prices(),
              WasteDetector.thresholds(row(check), null),
              World.NOW.plus(later),
              one.world().peaks);
      Verdict then = row(check).rule().judge(resource, sight);
      assertThat(then).as("%s hours later", hours).hasSameClassAs(noon);
      if (then instanceof Verdict.Waste waste)
        assertThat(waste.saving()).isEqualTo(((Verdict.Waste) noon).saving());
    }
  }

  private static Resource moved(Resource resource, Duration by) {
    Map<String, String> attributes = new HashMap<>(resource.attributes());
    for (String time : List.of("stopped_at", "unused_since", "last_launched"))
      attributes.computeIfPresent(time, (n, at) -> Instant.parse(at).plus(by).toString());
    Instant created = resource.createdAt();
    return new Resource(
        resource.id(),
        resource.kind(),
        resource.region(),
        resource.name(),
        resource.state(),
        created == null ? null : created.plus(by),
        resource.tags(),
        attributes);
  }

  // Thresholds

  /** A stricter threshold never adds a finding. */
  @ParameterizedTest
  @MethodSource("checks")
  void aStricterThresholdNeverAddsAFinding(String check) {
    for (Threshold threshold : row(check).thresholds()) {
      boolean upper = threshold.name().startsWith("max_");
      boolean last = true;
      Set<Boolean> seen = new HashSet<>();
      for (int step = 0; step <= 40; step++) {
        double share = upper ? 1 - step / 40.0 : step / 40.0;
        double value = threshold.minimum() + share * (threshold.maximum() - threshold.minimum());
        Case one = Case.of(check);
        Map<String, Double> own = WasteDetector.thresholds(row(check), null);
        own.put(threshold.name(), value);
        boolean waste =
            isWaste(row(check).rule().judge(one.resource(), one.world().sight().with(own)));
        assertThat(!last && waste)
            .as("%s at %s is waste, and was none at a laxer one", threshold.name(), value)
            .isFalse();
        last = waste;
        seen.add(waste);
      }
      assertThat(seen).as(threshold.name()).contains(true);
    }
  }
}
