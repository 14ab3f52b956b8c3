package dev.steward.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What rows say of themselves. */
final class RowsTest {
  private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
  private static final AccountId HERE = new AccountId("acc_here000000");
  private static final AccountId THERE = new AccountId("acc_there00000");

  private static Resource resource(Map<String, String> attributes) {
    return new Resource("vol-1", "ebs_volume", "us-east-1", null, null, null, Map.of(), attributes);
  }

  // Resources

  @ParameterizedTest
  @CsvSource({
    "12, 12",
    "-3.5, -3.5",
    "1e18, 1e18",
    "1e22, 7",
    "NaN, 7",
    "Infinity, 7",
    "'', 7",
    "many, 7",
    "'1,5', 7",
    "0x1p3, 8"
  })
  void anAttributeThatIsNoSensibleNumberIsNotOne(String text, double number) {
    assertThat(resource(Map.of("size_gb", text)).number("size_gb", 7)).isEqualTo(number);
  }

  @Test
  void anAttributeThatIsNotThereIsNoNumberAndNoFlag() {
    assertThat(resource(Map.of()).number("size_gb", 7)).isEqualTo(7);
    assertThat(resource(Map.of()).number("size_gb", Double.NaN)).isNaN();
    assertThat(resource(Map.of("encrypted", "True")).flag("encrypted")).isFalse();
    assertThat(resource(Map.of("encrypted", "true")).flag("encrypted")).isTrue();
  }

  @Test
  void whoseTagsAreNotToldHasTagsThatNobodyKnows() {
    assertThat(resource(Map.of()).tagsKnown()).isTrue();
    assertThat(resource(Map.of(Resource.TAGS_UNKNOWN, "true")).tagsKnown()).isFalse();
    assertThat(resource(Map.of()).missing()).isNull();
    assertThat(resource(Map.of(Resource.DETAILS_MISSING, "a,b")).missing()).isEqualTo("a,b");
  }

  // Exemptions

  private static Exemption exemption(
      @Nullable String check, @Nullable AccountId account, @Nullable String resource) {
    return new Exemption(
        new ExemptionId("exm_sample0000"),
        new OrganizationId("org_sample0000"),
        check,
        account,
        resource,
        "wanted",
        NOON,
        "test",
        NOON.minusSeconds(60));
  }

  @ParameterizedTest
  @CsvSource({
    "idle, acc_here000000, vol-1, true",
    ", acc_here000000, vol-1, true",
    "idle, , vol-1, true",
    "idle, acc_here000000, , true",
    ", , , true",
    "other, acc_here000000, vol-1, false",
    "idle, acc_there00000, vol-1, false",
    "idle, acc_here000000, vol-2, false",
    "other, , , false",
    ", acc_there00000, , false",
    ", , vol-2, false"
  })
  void anExemptionCoversWhatEveryPartOfItSays(
      @Nullable String check, @Nullable String account, @Nullable String resource, boolean covers) {
    Exemption one = exemption(check, account == null ? null : new AccountId(account), resource);
    assertThat(one.covers(HERE, "idle", "vol-1", NOON.minusSeconds(1))).isEqualTo(covers);
    assertThat(one.covers(HERE, "idle", "vol-1", NOON)).as("until then, and not then").isFalse();
  }

  @Test
  void anExemptionOfACheckDoesNotCoverWhatNoCheckFound() {
    assertThat(exemption("idle", null, null).covers(HERE, null, "vol-1", NOON.minusSeconds(1)))
        .isFalse();
    assertThat(exemption(null, null, null).covers(HERE, null, "vol-1", NOON.minusSeconds(1)))
        .isTrue();
  }

  @Test
  void placesOfExemptionsAreToldApart() {
    List<String> places =
        List.of(
            exemption("a", null, null).place(),
            exemption(null, null, "a").place(),
            exemption("a", null, "a").place(),
            exemption(null, null, null).place());
    assertThat(places).doesNotHaveDuplicates();
    assertThat(exemption("a", HERE, null).moved(THERE).place())
        .isEqualTo(exemption("a", HERE, null).place());
  }

  // Changes

  @ParameterizedTest
  @EnumSource
  void aChangeIsOverWhenNothingMoreIsCarriedOut(Change.Status status) {
    Set<Change.Status> going =
        EnumSet.of(
            Change.Status.DRAFT,
            Change.Status.WAITING,
            Change.Status.GRACE,
            Change.Status.SCHEDULED,
            Change.Status.RUNNING,
            Change.Status.UNDOING);
    assertThat(status.isOver()).isNotEqualTo(going.contains(status));
    assertThat(status.isRefused())
        .isEqualTo(status == Change.Status.REJECTED || status == Change.Status.EXPIRED);
  }

  @ParameterizedTest
  @EnumSource
  void aStepThatMayHaveChangedSomethingIsNotOpen(Change.Step.State state) {
    assertThat(state.isOpen() && state.hasEffect()).isFalse();
    assertThat(state.isOpen())
        .isEqualTo(state == Change.Step.State.PENDING || state == Change.Step.State.CHECKED);
    assertThat(state.hasEffect())
        .isEqualTo(state == Change.Step.State.DONE || state == Change.Step.State.UNDO_FAILED);
  }

  private static Change change() {
    return (Change) new Distinct().make(Change.class);
  }

  @Test
  void aStepTakesThePlaceOfTheOneWithItsNumber() {
    Change three =
        new Change(
            change().id(),
            change().organization(),
            HERE,
            "t",
            change().requestedBy(),
            "r",
            change().plan(),
            "h",
            null,
            null,
            Change.Progress.draft(),
            List.of(Change.Step.pending(1), Change.Step.pending(2), Change.Step.pending(3)),
            List.of(),
            NOON);
    Change now = three.with(Change.Step.pending(2).done(Map.of("a", "b"), "done", NOON));
    assertThat(now.steps())
        .extracting(Change.Step::state)
        .containsExactly(
            Change.Step.State.PENDING, Change.Step.State.DONE, Change.Step.State.PENDING);
    assertThat(now.step(2).recipe()).containsEntry("a", "b");
    assertThat(three.step(2).state()).isEqualTo(Change.Step.State.PENDING);
  }

  @Test
  void aTimelineStopsToTakeNotesAndKeepsTheFirst() {
    Change noted = change();
    for (int i = 0; i < 1_100; i++) noted = noted.noted(NOON, "who", "what", "note " + i);
    assertThat(noted.timeline()).hasSize(1_000);
    assertThat(noted.timeline().get(1).detail()).isEqualTo("note 0");
    assertThat(noted.timeline().getLast().detail()).isEqualTo("note 998");
  }

  @Test
  void aFinishedChangeIsAskedForNothingMore() {
    Change.Progress asked = Change.Progress.draft().cancelling().undoing().paused(true);
    assertThat(asked.finished(Change.Status.DONE, NOON, null))
        .extracting(Change.Progress::paused, Change.Progress::cancel, Change.Progress::undo)
        .containsExactly(false, false, false);
  }

  // Keys

  @Test
  void keysOfAChainSortAsTheChainDoes() {
    OrganizationId organization = new OrganizationId("org_sample0000");
    List<Long> numbers = new ArrayList<>(List.of(1L, 2L, 9L, 10L, 99L, 100L, Long.MAX_VALUE));
    List<String> keys = numbers.stream().map(n -> AuditEntry.key(organization, n)).toList();
    List<String> shuffled = new ArrayList<>(keys);
    Collections.shuffle(shuffled, new Random(7));
    Collections.sort(shuffled);
    assertThat(shuffled).isEqualTo(keys);
  }

  @Test
  void keysOfVersionsAndDaysSortAsTheyDo() {
    PolicyId policy = new PolicyId("pol_sample0000");
    assertThat(Policy.versionKey(policy, 9)).isLessThan(Policy.versionKey(policy, 10));
    assertThat(CostDay.key(HERE, LocalDate.of(2026, 9, 30)))
        .isLessThan(CostDay.key(HERE, LocalDate.of(2026, 10, 1)));
  }

  @Test
  void whatWasForgottenIsAsYoungAsTheYoungestOfIt() {
    Forgotten first = new Forgotten("findings", "org", 3, NOON);
    assertThat(first.and(2, NOON.minusSeconds(5)))
        .isEqualTo(new Forgotten("findings", "org", 5, NOON));
    assertThat(first.and(2, NOON.plusSeconds(5)))
        .isEqualTo(new Forgotten("findings", "org", 5, NOON.plusSeconds(5)));
  }

  // The lab

  private static Watch.Round round(int number, @Nullable Integer shadow) {
    return new Watch.Round(NOON, NOON, number, shadow, 1, 0.9, new double[0], new double[0], null);
  }

  @Test
  void aWatchKeepsTheNewestRounds() {
    Watch watch = Watch.of(new OrganizationId("org_sample0000"), "m").waiting("blob", NOON);
    for (int i = 0; i < Watch.MOST + 5; i++) watch = watch.over(round(i, i % 2));
    assertThat(watch.rounds()).hasSize(Watch.MOST);
    assertThat(watch.rounds().getFirst().served()).isEqualTo(5);
    assertThat(watch.rounds().getLast().served()).isEqualTo(Watch.MOST + 4);
    assertThat(watch.pending()).isNull();
    assertThat(watch.roundsOf(1)).hasSize(Watch.MOST / 2);
    assertThat(watch.roundsOf(2)).isEmpty();
    assertThat(watch.over(null).rounds()).hasSize(Watch.MOST);
  }

  @Test
  void whatWaitsBesideAnotherShadowDoesNotCount() {
    Watch waiting = Watch.of(new OrganizationId("org_sample0000"), "m").waiting("blob", NOON);
    assertThat(waiting.beside(3).pending()).isNull();
    assertThat(waiting.beside(3).due()).isNull();
    assertThat(waiting.beside(3).shadow()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource
  void aRunIsOverWhenItGoesOnNoMore(Run.Status status) {
    assertThat(status.over())
        .isNotEqualTo(status == Run.Status.RUNNING || status == Run.Status.SCHEDULED);
  }

  // Problems

  @Test
  void aProblemSaysTheFirstThingThatIsWrongAndHowManyMore() {
    Violation a = new Violation("name", "must be given");
    Violation b = new Violation("size", "must be positive");
    assertThat(Problem.invalid(List.of(a)).problem().detail()).isEqualTo("name must be given");
    assertThat(Problem.invalid(List.of(a, b, b)).problem().detail())
        .isEqualTo("name must be given (and 2 more)");
    assertThat(Problem.invalid(List.of(a, b)).problem().violations()).containsExactly(a, b);
    assertThat(Problem.notFound("account").problem())
        .isEqualTo(new Problem(Problem.Type.NOT_FOUND, "there is no such account", List.of()));
  }

  // Programs that we start

  @ParameterizedTest
  @EnumSource
  void aProgramThatWeStartKnowsNothingOfOurs(ChildProcess program) {
    Map<String, String> knows = program.of("true").environment();
    assertThat(program.variables()).containsAll(knows.keySet());
    assertThat(knows.keySet())
        .noneMatch(
            name -> name.startsWith("AWS_") || name.contains("PROXY") || name.contains("KEY"));
    assertThat(Arrays.asList(ChildProcess.TOOL.variables().toArray()))
        .isEqualTo(ChildProcess.EVERYONE);
  }

  @Test
  void anIdOfAnotherKindIsNoId() {
    assertThatThrownBy(() -> new AccountId("org_sample0000"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
