package dev.steward.domain.governance.desk;

import dev.steward.domain.governance.change.ChangeMachine;
import dev.steward.domain.governance.desk.Case.Hashed;
import dev.steward.domain.governance.plan.Canonical;
import dev.steward.domain.governance.plan.Planner;
import dev.steward.model.Account;
import dev.steward.model.AccountFeature;
import dev.steward.model.Approval;
import dev.steward.model.ApprovalId;
import dev.steward.model.Change;
import dev.steward.model.Change.Progress;
import dev.steward.model.Change.Status;
import dev.steward.model.Change.Step;
import dev.steward.model.ChangeBuilder;
import dev.steward.model.ChangeId;
import dev.steward.model.Directive;
import dev.steward.model.NotificationTarget.Topic;
import dev.steward.model.Plan;
import dev.steward.model.PlanStep;
import dev.steward.model.Policy.Effect;
import dev.steward.model.Problem;
import dev.steward.model.Problem.Type;
import dev.steward.model.Ruling;
import dev.steward.model.SavingsEntry.Stage;
import dev.steward.model.User;
import dev.steward.model.Violation;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.ChangeRef;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What people ask of changes: draft, submit, cancel, pause, undo. */
public final class ChangeDesk {
  private final Office office;
  private final ApprovalDesk approvals;
  private final Notices notices;
  private final KeptDesk kept;
  private final Judges judges;

  public ChangeDesk(
      Office office, ApprovalDesk approvals, Notices notices, KeptDesk kept, Judges judges) {
    this.office = office;
    this.judges = judges;
    this.approvals = approvals;
    this.notices = notices;
    this.kept = kept;
  }

  /** What can be asked of a change under way. */
  public enum Wish {
    CANCEL,
    PAUSE,
    RESUME,
    UNDO
  }

  /**
   * What the policies say of a draft that is to be made of these; to be asked before the write.
   *
   * @param estates of the state that is looked at
   */
  public Judged<Map<Integer, String>> managed(
      Estates estates, Account account, User user, List<Planner.Item> items) {
    Hashed plan = Hashed.of(new Planner(office.prices()).attempt(account, items).plan());
    return judges.managed(Case.of(estates, account, plan, user.username(), false, office.now()));
  }

  /**
   * Makes a plan and keeps it as a draft.
   *
   * @param managed what {@link #managed} said of the same items
   * @throws dev.steward.model.ProblemException INVALID with everything that is wrong
   * @throws OvertakenException if that was said of something else
   */
  public Change draft(
      Transaction t,
      Account account,
      User user,
      String title,
      List<Planner.Item> items,
      Estates estates,
      Judged<Map<Integer, String>> managed) {
    Instant now = office.now();
    Planner.Attempt attempt = new Planner(office.prices()).attempt(account, items);
    Plan plan = attempt.plan();
    Hashed hashed = Hashed.of(plan);
    List<Violation> violations = new ArrayList<>(attempt.violations());
    Case drafted = Case.of(estates.at(t.state()), account, hashed, user.username(), false, now);
    violations.addAll(DraftRefusals.of(t, attempt, drafted, managed.of(drafted)));
    if (!violations.isEmpty()) throw Problem.invalid(violations);
    Change change =
        ChangeBuilder.builder()
            .id(ChangeId.from(office.ids()))
            .organization(account.organization())
            .account(account.id())
            .title(title)
            .requestedBy(user.id())
            .requester(user.username())
            .plan(plan)
            .planHash(hashed.hash())
            .ruling(null)
            .approval(null)
            .progress(Progress.draft())
            .steps(plan.steps().stream().map(s -> Step.pending(s.number())).toList())
            .timeline(
                List.of(
                    new Change.Note(
                        now, user.username(), "drafted", plan.steps().size() + " steps")))
            .createdAt(now)
            .build();
    t.put(Tables.CHANGES, change);
    enter(t, change, Stage.ESTIMATED);
    tell(
        t,
        change,
        user.username(),
        "change.drafted",
        Map.of("plan", Canonical.text(change.plan())));
    return change;
  }

  /** What the policies say of a draft; to be asked before the write that submits it. */
  public Judged<Ruling> ruling(Estates estates, Change change, User user) {
    return judges.ruling(submitted(estates, change, user));
  }

  private Case submitted(Estates estates, Change change, User user) {
    return Case.of(
        estates,
        account(estates.state(), change),
        Hashed.of(change),
        user.username(),
        true,
        office.now());
  }

  /**
   * Carries out what the policies said of the draft, and asks people where they say so.
   *
   * @param judged what {@link #ruling} said of it
   * @throws dev.steward.model.ProblemException REFUSED_BY_POLICY with every reason
   * @throws OvertakenException if that was said of something else
   */
  public Change submit(
      Transaction t, Change change, User user, Estates estates, Judged<Ruling> judged) {
    if (change.progress().status() != Status.DRAFT)
      throw Problem.of(Type.CONFLICT, "it was submitted already");
    if (!change.requestedBy().equals(user.id()))
      throw Problem.of(
          Type.FORBIDDEN, "only " + change.requester() + ", who drafted it, can submit it");
    Account account = account(t.state(), change);
    if (!mayAct(t.state(), account))
      throw Problem.of(
          Type.CONFLICT,
          "the account grants reading only; connect it by a role with the feature act");
    Ruling ruling = judged.of(submitted(estates.at(t.state()), change, user));
    if (ruling.effect().compareTo(Effect.EXEMPT) >= 0) throw refused(ruling);
    Instant now = office.now();
    ApprovalId asked =
        ruling.effect() == Effect.REQUIRE_APPROVAL ? ask(t, change, user, ruling).id() : null;
    Change submitted =
        change
            .submitted(ruling, asked, change.progress().submitted(now))
            .noted(now, user.username(), "submitted", lower(ruling.effect().name()));
    t.put(Tables.CHANGES, submitted);
    tell(
        t,
        submitted,
        user.username(),
        "change.submitted",
        Map.of("ruling", Canonical.text(ruling)));
    office.work().start(t, Jobs.CHANGE, ChangeRef.of(submitted));
    return submitted;
  }

  private Approval ask(Transaction t, Change change, User user, Ruling ruling) {
    return approvals.open(
        t,
        new ApprovalDesk.Request(
            change.organization(),
            Approval.Kind.CHANGE,
            change.id().value(),
            change.title(),
            change.planHash(),
            Jobs.CHANGE.id(ChangeRef.of(change)),
            user,
            change.plan().risk()),
        ruling);
  }

  /** Whether its workflow has something to do still: to carry out, to hold, to measure, to undo. */
  public static boolean isUnderWay(State state, Change change, Instant now) {
    if (change.progress().submittedAt() == null) return false;
    ChangeMachine.Move move = ChangeMachine.next(change, new StoredFacts(state, change, now));
    return move.directive().what() != Directive.What.END || !move.change().equals(change);
  }

  private static dev.steward.model.ProblemException refused(Ruling ruling) {
    List<Violation> reasons =
        ruling.reasons().stream()
            .filter(r -> r.effect().compareTo(Effect.EXEMPT) >= 0)
            .map(r ->
                new Violation(
                    r.step() == 0 ? "plan" : "steps[" + (r.step() - 1) + "]",
                    (r.policyName() == null
                            ? ""
                            : r.policyName() + " version " + r.version() + ", rule ")
                        + r.rule()
                        + ": "
                        + r.why()))
            .toList();
    return Problem.with(Type.REFUSED_BY_POLICY, "the policies do not allow this plan", reasons);
  }

  /** Whether the customer granted more than reading. */
  public static boolean mayAct(State state, Account account) {
    return state
        .find(Tables.ONBOARDINGS, account.onboarding().value())
        .map(o -> o.features().contains(AccountFeature.ACT))
        .orElse(false);
  }

  /**
   * Asks for something while the change is under way, or after it.
   *
   * @throws dev.steward.model.ProblemException CONFLICT if it is not possible any more
   */
  public Change ask(Transaction t, Change change, Wish wish, String who) {
    Change asked =
        switch (wish) {
          case CANCEL -> cancel(t, change, who);
          case PAUSE -> paused(change, true);
          case RESUME -> paused(change, false);
          case UNDO -> undo(change);
        };
    asked = asked.noted(office.now(), who, lower(wish.name()), "");
    t.put(Tables.CHANGES, asked);
    tell(t, asked, who, "change." + lower(wish.name()), Map.of());
    office.work().nudge(t, Jobs.CHANGE, ChangeRef.of(change));
    return asked;
  }

  private Change cancel(Transaction t, Change change, String who) {
    Progress progress = change.progress();
    if (progress.status().isOver() || progress.status() == Status.UNDOING) throw over(change);
    if (progress.status() == Status.DRAFT) return change.with(progress.status(Status.CANCELLED));
    if (progress.status() == Status.WAITING && change.approval() != null)
      t.find(Tables.APPROVALS, change.approval().value())
          .ifPresent(a -> approvals.withdraw(t, a, who));
    return change.with(progress.cancelling());
  }

  private static Change paused(Change change, boolean pause) {
    Progress progress = change.progress();
    if (progress.status().isOver() || progress.status() == Status.DRAFT) throw over(change);
    return change.with(progress.paused(pause));
  }

  private Change undo(Change change) {
    Progress progress = change.progress();
    boolean possible =
        change.steps().stream()
            .anyMatch(s -> s.state().hasEffect() && change.planned(s.number()).undoable());
    boolean running = progress.status() == Status.RUNNING || progress.status() == Status.SCHEDULED;
    if (!possible && !running) throw Problem.of(Type.CONFLICT, "nothing of it can be undone");
    Instant until = progress.undoUntil();
    if (!running && (until == null || !office.now().isBefore(until)))
      throw Problem.of(
          Type.CONFLICT,
          until == null ? "nothing of it can be undone" : "it could be undone until " + until);
    Change at = change;
    for (Step step : change.steps())
      if (step.state() == Step.State.UNDO_FAILED)
        at = at.with(step.is(Step.State.DONE, "the undo is tried again"));
    return at.with(progress.undoing());
  }

  private static dev.steward.model.ProblemException over(Change change) {
    return Problem.of(
        Type.CONFLICT,
        "the change is " + lower(change.progress().status().name()).replace('_', ' '));
  }

  /** What its workflow is to do next; moves the change on as far as it goes by itself. */
  public Directive next(Transaction t, ChangeId id) {
    Optional<Change> found = t.find(Tables.CHANGES, id.value());
    if (found.isEmpty()) return Directive.end("the change is gone");
    Change before = found.get();
    ChangeMachine.Move move =
        ChangeMachine.next(before, new StoredFacts(t.state(), before, office.now()));
    Change after = move.change();
    if (after == before || after.equals(before)) return move.directive();
    t.put(Tables.CHANGES, after);
    if (before.progress().status() == Status.WAITING
        && after.progress().status().compareTo(Status.WAITING) > 0
        && !after.progress().status().isRefused()
        && after.progress().graceUntil() != null) enter(t, after, Stage.APPROVED);
    if (after.progress().status() != before.progress().status()) moved(t, before, after);
    return move.directive();
  }

  /** What hangs on an account that is gone ends. */
  public void disconnected(Transaction t, Account account) {
    for (Change change : t.rows(Tables.CHANGES).where("account", account.id().value()).toList()) {
      if (change.progress().status().isOver()) {
        kept.left(t, change);
        continue;
      }
      if (change.progress().status() == Status.DRAFT)
        t.put(Tables.CHANGES, change.with(change.progress().status(Status.CANCELLED)));
      else next(t, change.id());
      t.find(Tables.CHANGES, change.id().value()).ifPresent(ended -> kept.left(t, ended));
      office.work().nudge(t, Jobs.CHANGE, ChangeRef.of(change));
    }
  }

  private void moved(Transaction t, Change before, Change after) {
    Status status = after.progress().status();
    tell(t, after, "steward", "change." + lower(status.name()), Map.of());
    if (!status.isOver() || before.progress().status().isOver()) return;
    if (after.approval() != null)
      t.find(Tables.APPROVALS, after.approval().value())
          .ifPresent(a -> approvals.withdraw(t, a, "steward"));
    String outcome = after.timeline().isEmpty() ? "" : after.timeline().getLast().detail();
    notices.post(
        t,
        after.organization(),
        Topic.RESULT,
        after.id().value(),
        after.title() + ": " + lower(status.name()).replace('_', ' '),
        outcome + "\nChange " + after.id(),
        u -> u.id().equals(after.requestedBy()));
  }

  private void enter(Transaction t, Change change, Stage stage) {
    for (PlanStep step : change.plan().steps())
      Ledger.enter(t, change, step, stage, step.saving(), Ledger.LIST_PRICE, 0, office.now());
  }

  private void tell(
      Transaction t, Change change, String who, String what, Map<String, String> more) {
    Map<String, String> detail = new TreeMap<>(more);
    detail.put("plan_hash", change.planHash());
    detail.put("status", lower(change.progress().status().name()));
    detail.put("summary", who + ": " + change.title());
    office.tell(t, change.organization(), who, what, change.id().value(), detail);
  }

  private static Account account(State state, Change change) {
    return state
        .find(Tables.ACCOUNTS, change.account().value())
        .orElseThrow(() -> Problem.of(Type.CONFLICT, "the account was disconnected"));
  }

  static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
