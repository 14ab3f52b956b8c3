package dev.steward.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.model.CheckSettings;
import dev.steward.model.Event;
import dev.steward.model.Experiment;
import dev.steward.model.ExperimentId;
import dev.steward.model.Ids;
import dev.steward.model.MetricBlock;
import dev.steward.model.OrganizationId;
import dev.steward.model.Run;
import dev.steward.model.RunId;
import dev.steward.model.Switch;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one organization sees of what two have. */
final class OwnTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  @SuppressWarnings("NullAway.Init")
  private Store store;

  private final Ids ids = Ids.random();
  private final OrganizationId mine = OrganizationId.from(ids);
  private final OrganizationId theirs = OrganizationId.from(ids);

  @BeforeEach
  void open() {
    store = Store.open(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** An experiment with a run and its metric, a check that was switched off, and a kill switch. */
  private Run belongings(OrganizationId organization) {
    return store.write(t -> {
      ExperimentId experiment = ExperimentId.from(ids);
      t.put(
          Tables.EXPERIMENTS,
          new Experiment(experiment, organization, "e", Map.of(), false, NOW, NOW));
      Run run =
          new Run(
              RunId.from(ids),
              organization,
              experiment,
              null,
              "r",
              "u",
              Run.Status.RUNNING,
              Map.of(),
              Map.of(),
              Map.of(),
              false,
              NOW,
              null);
      t.put(
          Tables.METRIC_BLOCKS,
          new MetricBlock(run.id(), "m", 0, new double[1], new long[1], new long[1]));
      t.put(Tables.CHECK_SETTINGS, new CheckSettings(organization, "c", false, Map.of()));
      t.put(Tables.SWITCHES, new Switch(organization.value(), true, "why", "who", NOW));
      return t.put(Tables.RUNS, run);
    });
  }

  @Test
  void seesItsRowsAndWhatHangsOnThemAndNothingElse() {
    Run run = belongings(mine);
    Run other = belongings(theirs);
    store.write(t -> t.put(Tables.SWITCHES, new Switch(Switch.INSTALLATION, true, "", "", NOW)));
    Own own = store.state().own(mine);
    assertThat(own.all(Tables.RUNS)).containsExactly(run);
    assertThat(own.all(Tables.METRIC_BLOCKS).map(MetricBlock::run)).containsExactly(run.id());
    assertThat(own.all(Tables.CHECK_SETTINGS).map(CheckSettings::organization))
        .containsExactly(mine);
    assertThat(own.all(Tables.SWITCHES).map(Switch::scope)).containsExactly(mine.value());
    assertThat(own.find(Tables.SWITCHES, Switch.INSTALLATION)).isEmpty();
    assertThat(own.find(Tables.RUNS, run.id().value())).contains(run);
    assertThat(own.find(Tables.RUNS, other.id().value())).isEmpty();
    assertThat(own.under(Tables.EXPERIMENTS, other.experiment().value(), Tables.RUNS)).isEmpty();
    assertThat(own.where(Tables.EXPERIMENTS, "name", Experiment.nameKey(theirs, "e"))).isEmpty();
  }

  @Test
  void whatIsAnothersIsToldAsWhatIsNotThere() {
    Run other = belongings(theirs);
    Own own = store.state().own(mine);
    for (String id : new String[] {other.id().value(), "run_nothing00000"})
      assertThatThrownBy(() -> own.get(Tables.RUNS, id)).hasMessageContaining("no such run");
  }

  @Test
  void exportsWhatIsOnesOwn() {
    Run run = belongings(mine);
    belongings(theirs);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8)) {
      Archive.export(store.state().own(mine), out);
    }
    String lines = written.toString(StandardCharsets.UTF_8);
    assertThat(lines).contains(run.id().value()).doesNotContain(theirs.value());
    assertThat(lines.lines()).hasSize(5);
  }

  @Test
  void theLatestRowsAreOnesOwn() {
    for (int i = 0; i < 6; i++) {
      OrganizationId whose = i % 2 == 0 ? mine : theirs;
      String what = "event " + i;
      store.write(t -> Events.append(t, whose, "type", "subject", what, NOW));
    }
    assertThat(store.state().own(mine).latest(Tables.EVENTS).map(Event::detail))
        .containsExactly("event 4", "event 2", "event 0");
  }
}
