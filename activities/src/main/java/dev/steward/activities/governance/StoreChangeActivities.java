package dev.steward.activities.governance;

import dev.steward.domain.governance.desk.ChangeDesk;
import dev.steward.domain.governance.desk.MeasureDesk;
import dev.steward.domain.governance.desk.StepDesk;
import dev.steward.domain.governance.desk.TemporalDoor;
import dev.steward.domain.governance.desk.TemporalTokens;
import dev.steward.model.Change;
import dev.steward.model.Directive;
import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.ChangeRef;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import dev.steward.workflows.governance.ChangeActivities;
import dev.steward.workflows.governance.ChangeWorkflow.Ask;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Asks the store what a change does next, and writes down what became of it. */
public final class StoreChangeActivities implements ChangeActivities {
  private final Store store;
  private final ChangeDesk changes;
  private final StepDesk steps;
  private final TemporalDoor door;

  public StoreChangeActivities(Store store, ChangeDesk changes, StepDesk steps, TemporalDoor door) {
    this.store = store;
    this.changes = changes;
    this.steps = steps;
    this.door = door;
  }

  @Override
  public Next next(ChangeRef input) {
    return store.write(t -> {
      Directive directive = changes.next(t, input.change());
      Optional<Change> change = t.find(Tables.CHANGES, input.change().value());
      return new Next(
          directive,
          change.map(c -> c.progress().status().name()).orElse("GONE"),
          change.map(c -> c.plan().risk().name()).orElse(""),
          change.map(Change::requester).orElse(""));
    });
  }

  @Override
  public void checked(Checked checked) {
    write(t -> steps.checked(t, checked.input().change(), checked.step(), checked.result()));
  }

  @Override
  public void executed(Executed executed) {
    write(t -> steps.executed(t, executed.input().change(), executed.step(), executed.result()));
  }

  @Override
  public void undone(Undone undone) {
    write(t -> steps.undone(t, undone.input().change(), undone.step(), undone.result()));
  }

  @Override
  public void held(Held held) {
    write(t -> steps.held(t, held.input().change(), held.step(), held.result()));
  }

  @Override
  public void measured(Measured measured) {
    List<MeasureDesk.Measured> values =
        measured.values() == null
            // Nobody could look, so nothing is booked: no data is not zero.
            ? List.of()
            : measured.values().measures().stream()
                .map(m -> new MeasureDesk.Measured(m.step(), m.monthly(), m.basis()))
                .toList();
    write(t ->
        steps
            .measurements()
            .measured(t, measured.input().change(), measured.measurement(), values));
  }

  @Override
  public void cleaned(Cleaned cleaned) {
    write(t -> steps.kept().cleaned(t, cleaned.input().change(), cleaned.step(), cleaned.result()));
  }

  @Override
  public Answer ask(Wish wish) {
    Ask ask = wish.ask();
    if (ask == null || wish.refusal() != null)
      return refused(wish, Problem.Type.INVALID, String.valueOf(wish.refusal()));
    try {
      return store.write(t -> asked(t, wish, ask));
    } catch (ProblemException refused) {
      return refused(wish, refused.problem().type(), refused.problem().detail());
    }
  }

  private Answer asked(Transaction t, Wish wish, Ask ask) {
    Change change =
        t.own(wish.input().organization()).get(Tables.CHANGES, wish.input().change().value());
    String word = String.valueOf(ask.wish());
    TemporalTokens.Proof proof =
        door.tokens()
            .redeem(
                t,
                change.organization(),
                ask.by(),
                ask.token(),
                new TemporalTokens.Wish(Jobs.CHANGE.id(ChangeRef.of(change)), word, ""));
    // Sent again, it is answered again and does nothing more.
    Change asked =
        proof.spent()
            ? change
            : changes.ask(
                t,
                change,
                ChangeDesk.Wish.valueOf(word.toUpperCase(Locale.ROOT)),
                proof.user().username());
    return new Answer(null, "", asked.progress().status().name());
  }

  private Answer refused(Wish wish, Problem.Type type, String why) {
    Ask ask = wish.ask();
    return store.write(t -> {
      t.own(wish.input().organization())
          .find(Tables.CHANGES, wish.input().change().value())
          .ifPresent(c ->
              door.refused(
                  t,
                  c.organization(),
                  "change.refused",
                  c.id().value(),
                  ask == null ? null : ask.by(),
                  why));
      return new Answer(type.name(), why, "");
    });
  }

  private void write(java.util.function.Consumer<Transaction> change) {
    store.write(t -> {
      change.accept(t);
      return true;
    });
  }
}
