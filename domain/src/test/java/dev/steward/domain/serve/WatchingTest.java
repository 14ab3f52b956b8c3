package dev.steward.domain.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.data.DataSets;
import dev.steward.domain.lab.Promotions;
import dev.steward.domain.lab.Registry;
import dev.steward.domain.lab.Trainings;
import dev.steward.domain.lab.Watches;
import dev.steward.domain.work.Work;
import dev.steward.ml.forecast.MlpSettings;
import dev.steward.ml.forecast.MlpTraining;
import dev.steward.ml.forecast.QuantileMlp;
import dev.steward.model.Account;
import dev.steward.model.AccountId;
import dev.steward.model.AwsAccountId;
import dev.steward.model.ConnectionMethod;
import dev.steward.model.CostDay;
import dev.steward.model.Event;
import dev.steward.model.LabProblem;
import dev.steward.model.ModelVersion;
import dev.steward.model.ModelVersion.Stage;
import dev.steward.model.Money;
import dev.steward.model.OnboardingId;
import dev.steward.model.ProblemException;
import dev.steward.model.RegisteredModel;
import dev.steward.model.Watch;
import dev.steward.storage.Tables;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that is served, and one beside it, over days whose costs come in. */
final class WatchingTest {
  private static final AccountId ACCOUNT = new AccountId("acc_watch00000");
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);
  private static final MlpSettings SMALL =
      new MlpSettings(LabProblem.FORECAST, 7, 7, 28, 7, 8, 1, 1, 1, 20, 64, 1e-2, 0, 0, 1);

  @TempDir Path folder;

  private int today;
  private final InstantSource clock =
      () -> FIRST.plusDays(today).atTime(12, 0).toInstant(ZoneOffset.UTC);

  @SuppressWarnings("NullAway.Init")
  private Models models;

  @SuppressWarnings("NullAway.Init")
  private Watches watches;

  @SuppressWarnings("NullAway.Init")
  private Watching watching;

  @BeforeEach
  void open() {
    models = new Models(folder, clock);
    Work work = new Work(models.ids, clock);
    watches = new Watches(models.registry, work, clock);
    watching =
        new Watching(
            models.store,
            models.blobs,
            models.champions,
            watches,
            new DataSets(models.blobs, models.ids, clock),
            new Trainings(models.tracking, models.registry, work, clock),
            clock);
    models.store.write(t ->
        t.put(
            Tables.ACCOUNTS,
            new Account(
                ACCOUNT,
                Models.ORGANIZATION,
                new AwsAccountId("111122223333"),
                "test",
                "production",
                ConnectionMethod.ROLE,
                Account.Status.CONNECTED,
                new OnboardingId("onb_watch00000"),
                "arn:aws:iam::111122223333:role/steward",
                "ext",
                null,
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                Instant.EPOCH)));
  }

  @AfterEach
  void close() {
    models.close();
  }

  private static double usual(int day) {
    return 3_000 + 900 * Math.sin(day * 2 * Math.PI / 7) + 40 * Math.sin(day * 1.7);
  }

  /** Days from one to another come in, and the other becomes today. */
  private void days(int from, int to, IntToDoubleFunction monthly) {
    models.store.write(t -> {
      for (int day = from; day < to; day++)
        t.put(
            Tables.COST_DAYS,
            new CostDay(
                ACCOUNT,
                Models.ORGANIZATION,
                FIRST.plusDays(day),
                Money.usd(monthly.applyAsDouble(day)),
                Map.of(),
                Map.of(),
                0));
      return true;
    });
    today = to;
  }

  /** Registers what is learnt of the usual weeks. */
  private ModelVersion version() {
    double[] series = new double[200];
    for (int day = 0; day < series.length; day++) series[day] = usual(day) * 12 / 365.25;
    try (MlpTraining training = new MlpTraining(SMALL, List.of(series))) {
      while (!training.done()) training.epoch(_ -> {});
      try (QuantileMlp model = training.model()) {
        return models.version(model.widened(2));
      }
    }
  }

  private Watch watch() {
    return Watches.find(models.store.state().own(Models.ORGANIZATION), Models.NAME).orElseThrow();
  }

  private boolean look() {
    return watching.look(Models.ORGANIZATION, Models.NAME, () -> {});
  }

  private List<String> events() {
    return models.store.state().rows(Tables.EVENTS).stream().map(Event::type).toList();
  }

  @Test
  void aShadowHasShownWhatItCanAfterTwoHorizons() {
    days(0, 150, WatchingTest::usual);
    ModelVersion version = version();
    models.store.write(t -> watches.shadow(t, version));
    assertThat(models.model().aliases()).containsEntry("shadow", 1);
    // The workflow that looks every day is asked for.
    assertThat(models.store.state().rows(Tables.INTENTS).stream().map(i -> i.workflowType()))
        .containsExactly("Watch");
    assertThat(look()).isTrue();
    String waiting = watch().pending();
    assertThat(waiting).isNotNull();
    assertThat(watch().due()).isEqualTo("2026-06-07T00:00:00Z");
    // Nothing is known yet, and looking again says nothing anew.
    today += 3;
    assertThat(look()).isTrue();
    assertThat(watch().pending()).isEqualTo(waiting);
    days(150, 157, WatchingTest::usual);
    assertThat(look()).isTrue();
    assertThat(watch().rounds()).hasSize(1);
    assertThat(models.blobs.get(String.valueOf(waiting))).isEmpty();
    Watch.Round first = watch().rounds().getFirst();
    assertThat(first.served()).isZero();
    assertThat(first.shadow()).isEqualTo(1);
    assertThat(first.errors()).hasSize(1);
    assertThat(first.shadowErrors()[0]).isBetween(0.0, 1.0);
    assertThat(events()).doesNotContain("shadow.shown");
    days(157, 164, WatchingTest::usual);
    look();
    assertThat(events()).contains("shadow.shown");
    Watches.Beside beside = Watches.beside(watch(), 1).orElseThrow();
    assertThat(beside.rounds()).isEqualTo(2);
    assertThat(beside.difference().cases()).isEqualTo(2);
    assertThat(beside.shadowCoverage()).isBetween(0.0, 1.0);
    assertThat(watch().drift()).isNotNull().matches(d -> !d.inputs());
  }

  @Test
  void whatCannotPredictIsNoShadow() {
    ModelVersion version = version();
    models.store.write(t -> watches.shadow(t, version));
    ModelVersion other = version();
    models.store.write(t -> watches.shadow(t, other));
    assertThat(stage(1)).isEqualTo(Stage.CANDIDATE);
    assertThat(stage(2)).isEqualTo(Stage.SHADOW);
    models.store.write(t -> watches.stop(t, models.model()));
    assertThat(stage(2)).isEqualTo(Stage.CANDIDATE);
    assertThat(models.model().aliases()).isEmpty();
    // Nobody is served, so there is nothing to look at any more.
    assertThat(look()).isFalse();
    assertThat(models.store.state().rows(Tables.WATCHES).size()).isZero();
    ModelVersion elsewhere =
        models.store.write(t ->
            models.registry.version(
                t,
                models.registry.create(t, Models.ORGANIZATION, "elsewhere", "", Map.of()),
                "s3://x",
                null,
                "",
                Map.of(),
                "test"));
    assertThatThrownBy(() -> models.store.write(t -> watches.shadow(t, elsewhere)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("no operation asks");
    models.store.write(t -> models.registry.stage(t, version(1), Stage.ARCHIVED));
    assertThatThrownBy(() -> models.store.write(t -> watches.shadow(t, version(1))))
        .hasMessageContaining("archived");
  }

  private ModelVersion version(int number) {
    return Registry.version(models.store.state().own(Models.ORGANIZATION), Models.NAME, number);
  }

  private Stage stage(int number) {
    return version(number).stage();
  }

  private void serve() {
    version();
    models.store.write(t -> {
      RegisteredModel model = models.registry.point(t, models.model(), Promotions.CHAMPION, 1);
      watches.begin(t, model);
      return true;
    });
  }

  @Test
  void costsThatAreSpreadOtherwiseAreDriftAndStartATraining() {
    days(0, 150, WatchingTest::usual);
    serve();
    models.store.write(t -> watches.retrain(t, models.model(), true));
    look();
    assertThat(watch().drift()).isNotNull().matches(d -> !d.any() && d.series() == 1);
    // Everything costs twice as much from now on.
    for (int day = 150; day < 185; day += 7) {
      days(day, day + 7, d -> 2 * usual(d));
      look();
    }
    Watch.Drift drift = Objects.requireNonNull(watch().drift());
    assertThat(drift.inputs()).isTrue();
    assertThat(drift.changed()).containsExactly(ACCOUNT.value());
    assertThat(drift.worst()).isGreaterThan(1);
    // Told once; and trained once a week at most, though it drifts on.
    assertThat(events()).containsOnlyOnce("model.drift");
    assertThat(models.store.state().rows(Tables.DATA_SETS).stream().map(s -> s.name()))
        .isNotEmpty()
        .allMatch(name -> name.equals("drift of " + Models.NAME));
    int sets = models.store.state().rows(Tables.DATA_SETS).size();
    look();
    assertThat(models.store.state().rows(Tables.DATA_SETS).size()).isEqualTo(sets);
    // The usual window of a training is longer than these days are: that is told, too.
    assertThat(events()).contains("model.retraining_refused");
  }

  @Test
  void outcomesOutsideOfTheIntervalsAreDriftOnceThereAreEnough() {
    days(0, 150, WatchingTest::usual);
    serve();
    look();
    // Each week is where the model does not expect it, and no two are alike.
    for (int week = 0; week < 22; week++) {
      int at = 150 + 7 * week;
      double times = week % 2 == 0 ? 0.4 : 1.7;
      days(at, at + 7, d -> times * usual(d));
      look();
    }
    Watch.Drift drift = Objects.requireNonNull(watch().drift());
    assertThat(watch().rounds()).hasSize(22);
    assertThat(drift.intervals()).isTrue();
    assertThat(drift.coverage()).isLessThan(drift.low());
    assertThat(drift.high()).isEqualTo(1);
  }
}
