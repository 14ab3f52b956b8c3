package dev.steward.estate.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.Kind;
import dev.steward.estate.LastDay;
import dev.steward.estate.Metric;
import dev.steward.estate.Reading;
import dev.steward.estate.Reading.Answered;
import dev.steward.estate.WasteCheck;
import dev.steward.model.CheckSettings;
import dev.steward.model.Fact;
import dev.steward.model.OrganizationId;
import dev.steward.model.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Unused is what is shown to be unused; whatever shows nothing is a no. */
final class LastDayTest {
  private static Resource resource(String kind, String... attributes) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < attributes.length; i += 2) values.put(attributes[i], attributes[i + 1]);
    return new Resource("r", kind, "us-east-1", null, null, null, Map.of(), values);
  }

  private static List<String> refusals(
      String check,
      Resource resource,
      @Nullable Map<String, Double> own,
      Map<String, Reading> readings) {
    return Catalogue.lastDay(check)
        .orElseThrow()
        .refusals(
            Catalogue.kind(resource.kind()),
            resource,
            WasteDetector.thresholds(
                Catalogue.check(check).orElseThrow(),
                own == null
                    ? null
                    : new CheckSettings(new OrganizationId("org_lastday0000"), check, true, own)),
            readings);
  }

  private static Map<String, Reading> instance(Reading cpu, Reading in, Reading out) {
    return Map.of("cpu_hour", cpu, "network_in", in, "network_out", out);
  }

  private static final Resource INSTANCE = resource("ec2_instance");
  private static final Answered SILENT = Answered.of();

  @Test
  void whatIsShownToBeUnusedMayGo() {
    assertThat(
            refusals(
                "idle_instance",
                INSTANCE,
                null,
                instance(Answered.of(1, 2, 3), Answered.of(10), Answered.of(10))))
        .isEmpty();
  }

  @Test
  void theOrganizationsOwnThresholdsHold() {
    Map<String, Reading> day = instance(Answered.of(4), Answered.of(3e6), Answered.of(1e6));
    assertThat(refusals("idle_instance", INSTANCE, null, day)).isEmpty();
    assertThat(refusals("idle_instance", INSTANCE, Map.of("max_cpu", 3.0), day))
        .singleElement()
        .asString()
        .contains("CPUUtilization was 4 %", "up to 3");
    assertThat(refusals("idle_instance", INSTANCE, Map.of("max_network_mb", 3.0), day))
        .singleElement()
        .asString()
        .contains("NetworkIn and NetworkOut was 4000000 bytes");
    assertThat(
            refusals(
                "idle_instance",
                INSTANCE,
                Map.of("max_cpu", 30.0),
                instance(Answered.of(20), Answered.of(1), Answered.of(1))))
        .isEmpty();
  }

  @Test
  void silenceOfWhatIsAlwaysPublishedIsANo() {
    assertThat(
            refusals(
                "idle_instance", INSTANCE, null, instance(SILENT, Answered.of(1), Answered.of(1))))
        .containsExactly(
            "nobody can tell whether it is used: CPUUtilization has no datapoint in the last day");
    assertThat(
            refusals(
                "idle_instance", INSTANCE, null, instance(Answered.of(1), Answered.of(1), SILENT)))
        .hasSize(1);
    assertThat(
            refusals(
                "idle_rds_instance", resource("rds_instance"), null, Map.of("connections", SILENT)))
        .hasSize(1);
  }

  @Test
  void silenceIsZeroOnlyWhereAwsSaysSo() {
    Resource application = resource("load_balancer", "type", "application");
    assertThat(
            refusals(
                "load_balancer_without_targets", application, null, Map.of("requests", SILENT)))
        .isEmpty();
    assertThat(
            refusals(
                "load_balancer_without_targets",
                application,
                null,
                Map.of("requests", Answered.of(0, 1))))
        .hasSize(1);
    // The requests of another type of balancer are counted elsewhere, so their silence says
    // nothing.
    Resource network = resource("load_balancer", "type", "network");
    assertThat(refusals("load_balancer_without_targets", network, null, Map.of("requests", SILENT)))
        .singleElement()
        .asString()
        .contains("ActiveFlowCount: it was not asked for");
    assertThat(
            refusals(
                "load_balancer_without_targets",
                resource("load_balancer", "type", "new"),
                null,
                Map.of("requests", SILENT)))
        .singleElement()
        .asString()
        .contains("no metric tells of load_balancer new");
  }

  @Test
  void anAnswerThatIsNoneIsANo() {
    for (Reading reading :
        List.of(
            new Reading.Unanswered("the answer is PartialData"),
            Answered.of(Double.NaN),
            Answered.of(-1)))
      assertThat(
              refusals(
                  "idle_nat_gateway",
                  resource("nat_gateway"),
                  null,
                  Map.of("bytes_out", reading, "connections", Answered.of(0))))
          .hasSize(1)
          .allMatch(line -> line.startsWith("nobody can tell whether it is used"));
    assertThat(refusals("idle_nat_gateway", resource("nat_gateway"), null, Map.of())).hasSize(2);
  }

  @Test
  void whatIsToGetSmallerMustStillBeWithinWhatWasForecast() {
    LastDay day = Catalogue.lastDay("oversized_instance").orElseThrow();
    Map<String, Double> forecast =
        LastDay.measured(
            Map.of("cpu_peak_forecast_95_percent", Fact.of(30.5), "other", Fact.of("x")));
    assertThat(
            day.refusals(
                Catalogue.kind("ec2_instance"),
                INSTANCE,
                forecast,
                Map.of("cpu_hour", Answered.of(10, 30))))
        .isEmpty();
    assertThat(
            day.refusals(
                Catalogue.kind("ec2_instance"),
                INSTANCE,
                forecast,
                Map.of("cpu_hour", Answered.of(10, 31))))
        .singleElement()
        .asString()
        .contains("CPUUtilization was 31 %", "up to 30.5");
    for (Map<String, Fact> evidence :
        List.of(Map.<String, Fact>of(), Map.of("cpu_peak_forecast_95_percent", Fact.of("unknown"))))
      assertThat(
              day.refusals(
                  Catalogue.kind("ec2_instance"),
                  INSTANCE,
                  LastDay.measured(evidence),
                  Map.of("cpu_hour", Answered.of(1))))
          .singleElement()
          .asString()
          .startsWith("nobody can tell");
  }

  @Test
  void everyCheckThatFindsSomethingUnusedHasItsLook() {
    for (WasteCheck check : Catalogue.CHECKS) {
      boolean idle =
          check.id().startsWith("idle")
              || check.id().endsWith("without_targets")
              || check.id().equals("oversized_instance")
              || check.id().equals("unattached_volume");
      assertThat(check.lastDay() != null || !idle).as(check.id()).isTrue();
      if (!idle) continue;
      // The session of the step must be allowed to ask.
      for (String action : check.remediations())
        assertThat(Catalogue.remediation(action).orElseThrow().usage()).as(action).isTrue();
    }
  }

  @Test
  void silenceMeansZeroOnlyWithASource() {
    for (Kind kind : Catalogue.KINDS)
      for (Metric metric : kind.metrics())
        assertThat(metric.silence().isEmpty())
            .as(kind.id() + " " + metric.id())
            .isEqualTo(metric.absence() == Metric.Absence.MEANS_UNKNOWN);
  }
}
