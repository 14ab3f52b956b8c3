package dev.steward.estate.catalogue;

import static dev.steward.estate.catalogue.World.ago;
import static dev.steward.estate.catalogue.World.days;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.Verdict;
import dev.steward.model.Fact;
import dev.steward.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The checks of serverless, storage and management that are code, on each side of what they ask.
 */
final class ServerlessChecksTest {
  private final World world = new World();

  private static Verdict with(String check, String attribute, String value) {
    return Case.of(check).set(attribute, value).verdict();
  }

  @ParameterizedTest
  @CsvSource({
    "unused_ecr_repository, images, 0",
    "unused_ecr_repository, stored_bytes, 999999999",
    "repository_without_lifecycle, lifecycle_policies, 1",
    "repository_without_lifecycle, stored_bytes, 9999999999",
    "redundant_trail, logging, false",
    "redundant_trail, management_events, false",
    "redundant_trail, organization, true",
    "always_on_workspace, running_mode, AUTO_STOP"
  })
  void thisMakesAnExceptionOfIt(String check, String attribute, String value) {
    assertThat(with(check, attribute, value)).isEqualTo(Verdict.FINE);
  }

  /** On the day it is waste, and a second before it is not. */
  @ParameterizedTest
  @CsvSource({
    "unused_ecr_repository, last_pulled, 90",
    "unused_ecr_repository, last_pushed, 90",
    "unused_workspace, last_connected, 30",
    "old_dashboard, last_changed, 365"
  })
  void itIsWasteFromThatDayOn(String check, String attribute, int least) {
    assertThat(with(check, attribute, ago(least).toString())).isInstanceOf(Verdict.Waste.class);
    assertThat(with(check, attribute, ago(least).plusSeconds(1).toString()))
        .isEqualTo(Verdict.FINE);
  }

  @ParameterizedTest
  @CsvSource({
    "unused_ecr_repository, images",
    "unused_ecr_repository, stored_bytes",
    "unused_ecr_repository, last_pushed",
    "repository_without_lifecycle, lifecycle_policies",
    "repository_without_lifecycle, images",
    "redundant_trail, logging",
    "redundant_trail, management_events",
    "redundant_trail, multi_region",
    "redundant_trail, organization",
    "unused_workspace, connection",
    "unused_workspace, last_connected",
    "always_on_workspace, running_mode",
    "old_dashboard, last_changed"
  })
  void withoutThisNobodyCanTell(String check, String attribute) {
    assertThat(Case.of(check).without(attribute).verdict()).isInstanceOf(Verdict.Unknown.class);
  }

  @ParameterizedTest
  @CsvSource({"unused_workspace", "always_on_workspace"})
  void aWorkspaceThatIsBeingMadeIsNotJudged(String check) {
    assertThat(Case.of(check).in("PENDING").verdict()).isEqualTo(Verdict.FINE);
    assertThat(Case.of(check).in(null).verdict()).isInstanceOf(Verdict.Unknown.class);
  }

  /** ECR records pulls; of what it recorded none, none was seen. */
  @Test
  void imagesThatWereNeverPulledAreUnused() {
    assertThat(Case.of("unused_ecr_repository").without("last_pulled").verdict())
        .isInstanceOfSatisfying(
            Verdict.Waste.class,
            waste ->
                assertThat(waste.evidence())
                    .containsEntry("pulled_days", Fact.of("never, as ECR recorded")));
  }

  // Functions

  private Verdict function(double invocations, double errors) {
    World own = new World();
    Resource function = own.add("lambda_function", "f", null, 60);
    own.metric(function, "invocations", days(14, invocations))
        .metric(function, "errors", days(14, errors));
    return own.judge("failing_lambda_function", function);
  }

  @Test
  void aFunctionFailsOftenFromATenthOn() {
    assertThat(function(100, 10)).isInstanceOf(Verdict.Waste.class);
    assertThat(function(100, 9.99)).isEqualTo(Verdict.FINE);
    assertThat(function(0, 0)).isEqualTo(Verdict.FINE);
    // A hundred in the fortnight.
    assertThat(function(7.2, 7)).isInstanceOf(Verdict.Waste.class);
    assertThat(function(7.1, 7)).isEqualTo(Verdict.FINE);
  }

  // Trails: what peers counted over all accounts and regions together is counted where it is
  // recorded

  private Resource trail(String id, String region, boolean all) {
    Resource made = CertainServerless.recording(world, id);
    Resource moved =
        new Resource(
            id,
            made.kind(),
            region,
            null,
            null,
            made.createdAt(),
            made.tags(),
            new java.util.HashMap<>(made.attributes()));
    world.inventory.remove(made);
    Resource told =
        moved.with(
            java.util.Map.of(
                "logging",
                "true",
                "management_events",
                "true",
                "organization",
                "false",
                "multi_region",
                Boolean.toString(all)));
    world.inventory.add(told);
    return told;
  }

  @Test
  void trailsOfDifferentRegionsAreNotRedundant() {
    Resource here = trail("a", "us-east-1", false);
    Resource there = trail("b", "eu-west-1", false);
    new Judge(world, "redundant_trail").isFine(here).isFine(there);
  }

  @Test
  void oneOfEveryRegionMakesThatOfOneRedundantAndNotTheOtherWayRound() {
    Resource every = trail("z", "us-east-1", true);
    Resource one = trail("a", "eu-west-1", false);
    new Judge(world, "redundant_trail").isFine(every).isWaste(one);
  }

  @Test
  void ofTwoThatRecordTheSameOneStays() {
    Resource first = trail("a", "us-east-1", true);
    Resource second = trail("b", "eu-west-1", true);
    new Judge(world, "redundant_trail").isFine(first).isWaste(second);
  }

  /** Data events of a bucket are recorded by nobody else. */
  @Test
  void aTrailThatRecordsOtherThingsMakesNoneRedundant() {
    Resource here = trail("b", "us-east-1", true);
    Resource data = trail("a", "us-east-1", true);
    world.inventory.remove(data);
    world.inventory.add(
        data.with(
            java.util.Map.of(
                "logging",
                "true",
                "management_events",
                "false",
                "organization",
                "false",
                "multi_region",
                "true")));
    new Judge(world, "redundant_trail").isFine(here);
  }

  @Test
  void whatAnotherOneRecordsMayBeUnknown() {
    Resource here = trail("b", "us-east-1", true);
    Resource other = trail("a", "us-east-1", true);
    world.inventory.remove(other);
    world.inventory.add(other.with(java.util.Map.of("logging", "true")));
    new Judge(world, "redundant_trail").isUnknown(here, "what it or another one records");
  }

  // WorkSpaces

  private Verdict alwaysOn(int used, int known) {
    World own = new World();
    Resource workspace = own.add("workspace", "ws", "AVAILABLE", 90, "running_mode", "ALWAYS_ON");
    double[] values = days(known, 0);
    for (int i = 0; i < used; i++) values[i] = 1;
    own.metric(workspace, "connected", values);
    return own.judge("always_on_workspace", workspace);
  }

  @Test
  void aWorkspaceThatIsUsedOnOneDayOfTheFortnightNeedNotBeOn() {
    assertThat(alwaysOn(1, 14)).isInstanceOf(Verdict.Waste.class);
    assertThat(alwaysOn(2, 14)).isEqualTo(Verdict.FINE);
    assertThat(alwaysOn(2, 5)).isEqualTo(Verdict.FINE);
    assertThat(alwaysOn(0, 12)).isInstanceOf(Verdict.Unknown.class);
  }

  // Dashboards

  @Test
  void theThreeThatWereChangedLastAreFree() {
    Resource[] boards = new Resource[5];
    for (int i = 0; i < boards.length; i++)
      boards[i] = CertainServerless.board(world, "d-" + i, 400);
    Judge judge = new Judge(world, "old_dashboard");
    for (int i = 0; i < 3; i++) judge.isFine(boards[i]);
    judge.isWaste(boards[3], 3).isWaste(boards[4], 3);
  }
}
