package dev.steward.activities.governance;

import dev.steward.aws.AwsAccess;
import dev.steward.aws.Connection;
import dev.steward.aws.RegionClients;
import dev.steward.aws.actions.Action;
import dev.steward.aws.actions.Actions;
import dev.steward.aws.actions.DatabaseActions;
import dev.steward.aws.actions.Keepsakes;
import dev.steward.aws.actions.Seen;
import dev.steward.aws.actions.Site;
import dev.steward.aws.actions.Turns;
import dev.steward.domain.governance.desk.KillSwitch;
import dev.steward.domain.governance.desk.StepDesk;
import dev.steward.domain.governance.desk.TemporalDoor;
import dev.steward.domain.governance.plan.Canonical;
import dev.steward.domain.governance.plan.Drift;
import dev.steward.estate.KeepTag;
import dev.steward.estate.Owners;
import dev.steward.estate.Remediation;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Account;
import dev.steward.model.Change;
import dev.steward.model.Change.Step.State;
import dev.steward.model.Directive.What;
import dev.steward.model.Milestone;
import dev.steward.model.PlanStep;
import dev.steward.model.Resource;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.workflows.governance.ActionActivities;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Carries steps out, with a session that may do just what the step needs. */
public final class AwsActionActivities implements ActionActivities {
  /** AWS starts a stopped database after seven days (RDS user guide); we look once a day. */
  private static final Duration STARTED_BY_AWS = Duration.ofHours(6 * 24 + 12);

  /** In a step's recipe: what the look before it did not ask. */
  private static final String NOT_ASKED = "not_asked";

  private final Store store;
  private final AwsAccess aws;
  private final InstantSource clock;
  private final StepDesk steps;
  private final Summons summons;
  private final BeforeActing before;
  private final Site.Pause pause;
  private final Turns turns = new Turns();

  public AwsActionActivities(
      Store store, AwsAccess aws, InstantSource clock, StepDesk steps, TemporalDoor door) {
    this(store, aws, clock, steps, door, Site.Pause.REAL);
  }

  AwsActionActivities(
      Store store,
      AwsAccess aws,
      InstantSource clock,
      StepDesk steps,
      TemporalDoor door,
      Site.Pause pause) {
    this.pause = pause;
    this.store = store;
    this.aws = aws;
    this.clock = clock;
    this.steps = steps;
    this.summons = new Summons(store, clock, door);
    this.before = new BeforeActing(store, clock);
  }

  /** A step with everything that is known of it. */
  private record At(Change change, PlanStep plan, Change.Step step, Site site) {}

  private At at(StepRef ref, What what) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    Change change = summons.heard(ref.input(), what, ref.step());
    // Only what was hashed, and so approved, is carried out.
    if (!Canonical.hash(change.plan()).equals(change.planHash()))
      throw gone("the plan is not the one that was approved");
    PlanStep plan = change.planned(ref.step());
    Remediation action =
        Catalogue.remediation(plan.action()).orElseThrow(() -> gone("no action " + plan.action()));
    RegionClients clients =
        new RegionClients(aws, Connection.of(account(change)).acting(action), plan.region());
    Change.Step step = change.step(ref.step());
    return new At(
        change,
        plan,
        step,
        new Site(
            clients,
            plan,
            change.id() + "/" + plan.number(),
            step.recipe(),
            () -> context.heartbeat(plan.number()),
            pause));
  }

  private Account account(Change change) {
    return store
        .state()
        .find(Tables.ACCOUNTS, change.account().value())
        .orElseThrow(() -> gone("the account was disconnected"));
  }

  static ApplicationFailure gone(String why) {
    return ApplicationFailure.newNonRetryableFailure(why, "NotFound");
  }

  @Override
  public Inspection check(StepRef ref) {
    At at = at(ref, What.CHECK);
    Optional<Resource> now = at.site().read();
    if (now.isEmpty()) return new Inspection(Drift.of(at.plan(), now), Map.of());
    Seen seen = before.look(at.change(), at.plan(), at.site(), now.get());
    if (seen.speaksAgainst()) return new Inspection(seen.against(), Map.of());
    Map<String, String> recipe =
        new TreeMap<>(Actions.of(at.plan().action()).recipe(at.site(), now.get()));
    if (!seen.notes().isEmpty()) recipe.put(NOT_ASKED, String.join("; ", seen.notes()));
    return new Inspection(List.of(), recipe);
  }

  /**
   * Looks again: between the check and the first call a kill switch or retries may have kept the
   * step waiting for hours. Where the store knows of nothing that was begun, whatever differs from
   * the plan speaks against the step. Where something was begun, by whichever run, what the action
   * itself changes is as that left it; whatever else speaks against going on has it put back.
   */
  private List<String> against(At at) {
    Optional<Resource> now = at.site().read();
    boolean begun = mayHaveBegun(at.step());
    // Where something was begun the action knows its own marks; else somebody else took it away.
    if (now.isEmpty()) return begun ? List.of() : Drift.of(at.plan(), now);
    if (!begun) return before.look(at.change(), at.plan(), at.site(), now.get()).against();
    List<String> against = before.again(at.change(), at.plan(), at.site(), now.get()).against();
    if (!against.isEmpty()) throw putBack(against);
    return against;
  }

  /**
   * A version that bound no payloads marked no step as begun either: what it had looked at may have
   * been begun. Each installation has that moment from its first start on.
   */
  private boolean mayHaveBegun(Change.Step step) {
    if (StepDesk.hasBegun(step)) return true;
    Instant checked = step.checkedAt();
    return store
        .state()
        .find(Tables.MILESTONES, Milestone.PAYLOADS_BOUND)
        .map(marked -> checked == null || checked.isBefore(marked.at()))
        .orElse(false);
  }

  private static ApplicationFailure putBack(List<String> against) {
    return ApplicationFailure.newNonRetryableFailure(String.join("; ", against), "Refused");
  }

  private void begin(At at) {
    store.write(t -> {
      steps.begun(t, at.change().id(), at.plan().number());
      return true;
    });
  }

  private void stopped(At at) {
    KillSwitch.stops(store.state(), at.change().organization())
        .ifPresent(why -> {
          // Tried again until it is off.
          throw ApplicationFailure.newFailure(why, "Stopped");
        });
  }

  @Override
  public Execution execute(StepRef ref) {
    return inTurn(ref, What.EXECUTE, this::execute);
  }

  /** What is known of the step is read once it has its turn. */
  private <T> T inTurn(StepRef ref, What what, Function<At, T> work) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    return turns.take(
        ref.input().change() + "/" + ref.step(),
        () -> context.heartbeat(ref.step()),
        () -> work.apply(at(ref, what)));
  }

  private Execution execute(At at) {
    stopped(at);
    List<String> against = against(at);
    if (!against.isEmpty()) return new Execution(against, Map.of(), String.join("; ", against));
    begin(at);
    Action.Acted acted = Actions.of(at.plan().action()).act(at.site());
    boolean kept = !acted.recipe().isEmpty();
    if (mayHaveBegun(at.step()) && !acted.drift().isEmpty() && !kept) throw putBack(acted.drift());
    if (acted.drift().isEmpty() && !SavingsProbe.holds(at.plan(), at.site().read()))
      throw ApplicationFailure.newFailure("AWS does not show the change yet", "NotVerified");
    String note = at.site().note(NOT_ASKED);
    return new Execution(
        acted.drift(),
        acted.recipe(),
        note.isEmpty() ? acted.detail() : acted.detail() + "; " + note);
  }

  @Override
  public Reversal undo(StepRef ref) {
    return inTurn(ref, What.UNDO, this::undo);
  }

  /** Of a step that never began there is nothing to put back: what differs, people did. */
  private Reversal undo(At at) {
    if (at.step().state() == State.BROKEN && !mayHaveBegun(at.step()))
      return Reversal.nothingBegun();
    Action.Back back = Actions.of(at.plan().action()).undo(at.site());
    return new Reversal(back.back(), back.detail(), true);
  }

  @Override
  public Cleaning clean(StepRef ref) {
    return inTurn(
        ref,
        What.CLEAN,
        at -> {
          stopped(at);
          return new Cleaning(Keepsakes.remove(at.site()));
        });
  }

  @Override
  public Holding hold(StepRef ref) {
    return inTurn(ref, What.HOLD, this::hold);
  }

  private Holding hold(At at) {
    Optional<Resource> database = at.site().read();
    if (database.isEmpty()) return Holding.released("the database is gone");
    String state = String.valueOf(database.get().state());
    if (state.equals("stopped") || state.equals("stopping"))
      return Holding.still("it is still stopped");
    Instant stopped = stoppedAt(at.step());
    Duration since = Duration.between(stopped, clock.instant());
    if (since.compareTo(STARTED_BY_AWS) < 0)
      return Holding.released("somebody started it after " + since.toDays() + " days");
    Optional<Holding> not = notAgain(at, database.get());
    if (not.isPresent()) return not.get();
    DatabaseActions.Stop.stop(at.site(), database.get());
    return Holding.stoppedAgain("AWS had started it; it was stopped again");
  }

  /** Stopping it again is an act like the first one: who speaks against it now is heard. */
  private Optional<Holding> notAgain(At at, Resource database) {
    Optional<String> stopped = KillSwitch.stops(store.state(), at.change().organization());
    if (stopped.isPresent())
      return Optional.of(Holding.still("AWS has started it, and " + stopped.get()));
    if (!database.tagsKnown())
      return Optional.of(Holding.still("AWS has started it; its tags are unknown"));
    if (KeepTag.isOn(database)) return Optional.of(Holding.released("it is marked as wanted"));
    return Owners.of(database).stream()
        .filter(owner -> !at.plan().managedBy().contains(owner))
        .findFirst()
        .map(owner -> Holding.released("it is managed by " + owner));
  }

  private static Instant stoppedAt(Change.Step step) {
    String again = step.recipe().get("stopped_at");
    if (again != null) return Instant.parse(again);
    return step.doneAt() == null ? Instant.MIN : step.doneAt();
  }

  @Override
  public Measurement measure(MeasureRef ref) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    Change change = summons.heard(ref.input(), What.MEASURE, ref.measurement());
    Connection connection = Connection.of(account(change));
    List<Measure> measures = new ArrayList<>();
    for (Change.Step step : change.steps()) {
      if (step.state() != State.DONE) continue;
      context.heartbeat(step.number());
      PlanStep plan = change.planned(step.number());
      measures.add(
          SavingsProbe.measure(
              new RegionClients(aws, connection, plan.region()), plan, step, clock.instant()));
    }
    return new Measurement(measures);
  }
}
