package dev.steward.domain.jobs;

import dev.steward.domain.jobs.Look.Seen;
import dev.steward.model.Change;
import dev.steward.model.Coverage;
import dev.steward.model.Discovery;
import dev.steward.model.Listing;
import dev.steward.model.Onboarding;
import dev.steward.model.Prediction;
import dev.steward.model.PriceRefresh;
import dev.steward.model.Run;
import dev.steward.model.RunId;
import dev.steward.model.Scan;
import dev.steward.model.Search;
import dev.steward.model.Training;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import java.util.List;
import java.util.Optional;

/** How far the work is that people wait for. */
public final class WorkLooks {
  private WorkLooks() {}

  static Optional<Seen> of(State state, Onboarding o) {
    return Optional.of(Seen.of("verification", o.id(), o.account(), o.status(), 0, 1));
  }

  static Optional<Seen> of(State state, Discovery d) {
    List<Listing> lines =
        state.rows(Tables.LISTINGS).startingWith(d.account().value() + "/").toList();
    return Optional.of(
        Seen.of("discovery", d.id(), d.account(), d.status(), progress(d, lines), 100));
  }

  /** The share of the questions that are closed, in percent. */
  public static int progress(Discovery discovery, List<Listing> lines) {
    List<Listing> own = lines.stream().filter(l -> l.discovery().equals(discovery.id())).toList();
    if (discovery.status().isOver()) return 100;
    long closed = own.stream().filter(l -> l.coverage() != Coverage.ASKED).count();
    return (int) (closed * 100 / Math.max(1, own.size()));
  }

  static Optional<Seen> of(State state, Scan s) {
    return Optional.of(Seen.of("scan", s.id(), s.account(), s.status(), s.progress(), 100));
  }

  static Optional<Seen> of(State state, PriceRefresh r) {
    return Optional.of(
        Seen.of("price_refresh", r.id(), null, r.status(), r.answers().size(), r.queries()));
  }

  static Optional<Seen> of(State state, Change c) {
    return Optional.of(
        Seen.of(
            "change",
            c.id(),
            c.account(),
            c.progress().status(),
            c.steps().stream().filter(s -> s.doneAt() != null).count(),
            c.steps().size()));
  }

  static Optional<Seen> of(State state, Training t) {
    return run(state, t.run())
        .map(r ->
            Seen.of(
                "training",
                t.run(),
                null,
                r.status(),
                t.progress().epoch(),
                t.progress().epochs()));
  }

  static Optional<Seen> of(State state, Search s) {
    return run(state, s.run())
        .map(r ->
            Seen.of("search", s.run(), null, r.status(), s.trials().size(), s.candidates().size()));
  }

  static Optional<Seen> of(State state, Prediction p) {
    return Optional.of(Seen.of("prediction", p.id(), null, p.status(), p.done(), p.series()));
  }

  static Optional<Run> run(State state, RunId run) {
    return state.find(Tables.RUNS, run.value());
  }
}
