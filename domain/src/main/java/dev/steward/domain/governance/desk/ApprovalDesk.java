package dev.steward.domain.governance.desk;

import dev.steward.domain.governance.approval.Ballot;
import dev.steward.model.Approval;
import dev.steward.model.Approval.Answer;
import dev.steward.model.Approval.Status;
import dev.steward.model.Approval.Timing;
import dev.steward.model.ApprovalBuilder;
import dev.steward.model.ApprovalId;
import dev.steward.model.NotificationTarget.Topic;
import dev.steward.model.OrganizationId;
import dev.steward.model.Risk;
import dev.steward.model.Ruling;
import dev.steward.model.User;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.ApprovalRef;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks people, and takes what they say. Every decision, from whichever door, is one transaction of
 * the single writer, so two that race are two that come one after the other.
 */
public final class ApprovalDesk {
  private static final String PLATFORM = "steward";

  /** The channel of a decision that the question's own workflow takes. */
  public static final String TEMPORAL = "temporal";

  private final Office office;
  private final Notices notices;

  public ApprovalDesk(Office office, Notices notices) {
    this.office = office;
    this.notices = notices;
  }

  /**
   * A question about anything.
   *
   * @param workflow the workflow that waits for the answer
   */
  public record Request(
      OrganizationId organization,
      Approval.Kind kind,
      String subject,
      String title,
      String planHash,
      String workflow,
      User requester,
      Risk risk) {}

  /** Opens the question, and starts the workflow that keeps its time. */
  public Approval open(Transaction t, Request request, Ruling ruling) {
    Instant now = office.now();
    Approval approval =
        t.put(
            Tables.APPROVALS,
            ApprovalBuilder.builder()
                .id(ApprovalId.from(office.ids()))
                .organization(request.organization())
                .kind(request.kind())
                .subject(request.subject())
                .title(request.title())
                .planHash(request.planHash())
                .workflow(request.workflow())
                .requestedBy(request.requester().id())
                .requester(request.requester().username())
                .risk(request.risk())
                .requesterMayApprove(ruling.requesterMayApprove())
                .policies(
                    ruling.reasons().stream()
                        .filter(r -> r.policy() != null)
                        .map(r -> r.policyName() + " version " + r.version())
                        .distinct()
                        .toList())
                .groups(ruling.groups())
                .timing(
                    new Timing(
                        now.plus(Duration.ofHours(ruling.expiresHours())),
                        ruling.remindHours(),
                        null,
                        ruling.escalateTo() == null
                            ? null
                            : now.plus(Duration.ofHours(ruling.escalateHours())),
                        ruling.escalateTo(),
                        false))
                .status(Status.PENDING)
                .reason(null)
                .decisions(List.of())
                .delegations(List.of())
                .comments(List.of())
                .requestedAt(now)
                .decidedAt(null)
                .build());
    tell(t, approval, request.requester().username(), "approval.requested", Map.of());
    ask(t, approval, Topic.REQUEST, "Your approval is asked for: ");
    office.work().start(t, Jobs.APPROVAL, ApprovalRef.of(approval));
    return approval;
  }

  /**
   * Takes a decision.
   *
   * @param channel rest or temporal
   * @throws dev.steward.model.ProblemException see {@link Ballot#vote}
   */
  public Approval decide(
      Transaction t,
      Approval approval,
      User user,
      Answer answer,
      String comment,
      String planHash,
      String channel) {
    Approval voted =
        ballot(t.state()).vote(approval, user, answer, comment, planHash, channel, office.now());
    keep(t, voted);
    Map<String, String> detail = new TreeMap<>();
    detail.put("channel", channel);
    detail.put("plan_hash", planHash);
    if (!comment.isEmpty()) detail.put("comment", comment);
    tell(
        t,
        voted,
        user.username(),
        answer == Answer.APPROVE ? "approval.approve" : "approval.reject",
        detail);
    if (voted.status() == Status.PENDING) return voted;
    // Its own workflow took the decision then: a signal that meets its last task would fail that
    // task, and whoever decided would read an error.
    if (channel.equals(TEMPORAL)) announce(t, voted);
    else ended(t, voted);
    return voted;
  }

  public Approval delegate(Transaction t, Approval approval, User user, User to, String comment) {
    Approval handed =
        keep(t, ballot(t.state()).delegate(approval, user, to, comment, office.now()));
    tell(t, handed, user.username(), "approval.delegated", Map.of("to", to.username()));
    notices.post(
        t,
        handed.organization(),
        Topic.REQUEST,
        handed.id().value(),
        "A decision was handed to you: " + handed.title(),
        text(handed),
        u -> u.id().equals(to.id()));
    return handed;
  }

  public Approval comment(Transaction t, Approval approval, User user, String text) {
    Approval said =
        keep(t, approval.commented(new Approval.Comment(user.username(), text, office.now())));
    tell(t, said, user.username(), "approval.comment", Map.of("comment", text));
    return said;
  }

  /** Takes the question back; one that has ended stays as it ended. */
  public Approval withdraw(Transaction t, Approval approval, String who) {
    if (approval.status() != Status.PENDING) return approval;
    Approval withdrawn =
        keep(t, approval.ended(Status.WITHDRAWN, "withdrawn by " + who, office.now()));
    tell(t, withdrawn, who, "approval.withdrawn", Map.of());
    ended(t, withdrawn);
    return withdrawn;
  }

  /** Whether its time is over, and that is not written down yet. */
  public boolean isLate(Approval approval) {
    return approval.status() == Status.PENDING
        && Ballot.expire(approval, office.now()).status() != Status.PENDING;
  }

  /**
   * Writes down that its time is over, if it is: who came late once is not in time when the clock
   * goes back.
   */
  public Approval expire(Transaction t, Approval approval) {
    if (!isLate(approval)) return approval;
    Approval expired = keep(t, Ballot.expire(approval, office.now()));
    tell(t, expired, PLATFORM, "approval.expired", Map.of());
    ended(t, expired);
    return expired;
  }

  /** What time has brought: nothing, a reminder, an escalation, or the end. */
  public Approval tick(Transaction t, Approval approval) {
    Instant now = office.now();
    if (approval.status() != Status.PENDING) return approval;
    Approval expired = expire(t, approval);
    if (expired.status() != Status.PENDING) return expired;
    Approval at = approval;
    Timing timing = at.timing();
    if (!timing.escalated() && timing.escalateAt() != null && !now.isBefore(timing.escalateAt())) {
      at =
          keep(
              t,
              at.with(
                  new Timing(
                      timing.expiresAt(),
                      timing.remindHours(),
                      timing.remindedAt(),
                      timing.escalateAt(),
                      timing.escalation(),
                      true)));
      tell(t, at, PLATFORM, "approval.escalated", Map.of());
      ask(t, at, Topic.REQUEST, "Nobody has decided yet, so you are asked too: ");
    }
    timing = at.timing();
    Instant remind = nextReminder(at);
    if (remind != null && !now.isBefore(remind)) {
      at =
          keep(
              t,
              at.with(
                  new Timing(
                      timing.expiresAt(),
                      timing.remindHours(),
                      now,
                      timing.escalateAt(),
                      timing.escalation(),
                      timing.escalated())));
      tell(t, at, PLATFORM, "approval.reminded", Map.of());
      ask(t, at, Topic.REMINDER, "Still waiting for your decision: ");
    }
    return at;
  }

  /** When time brings something next; empty once it is decided. */
  public static Optional<Instant> due(Approval approval) {
    if (approval.status() != Status.PENDING) return Optional.empty();
    Instant next = approval.timing().expiresAt();
    Instant escalate = approval.timing().escalated() ? null : approval.timing().escalateAt();
    if (escalate != null && escalate.isBefore(next)) next = escalate;
    Instant remind = nextReminder(approval);
    if (remind != null && remind.isBefore(next)) next = remind;
    return Optional.of(next);
  }

  private static @Nullable Instant nextReminder(Approval approval) {
    Timing timing = approval.timing();
    if (timing.remindHours() <= 0) return null;
    Instant last = timing.remindedAt() == null ? approval.requestedAt() : timing.remindedAt();
    return last.plus(Duration.ofHours(timing.remindHours()));
  }

  /** The member of the organization with this user name or e-mail address, whatever its case. */
  public static Optional<User> member(State state, OrganizationId organization, String login) {
    return state
        .own(organization)
        .where(Tables.USERS, "login", login.toLowerCase(Locale.ROOT))
        .filter(u -> !u.disabled())
        .findFirst();
  }

  /** The rules of deciding over the users of the state. */
  public static Ballot ballot(State state) {
    return new Ballot(id -> state.find(Tables.USERS, id.value()));
  }

  private static Approval keep(Transaction t, Approval approval) {
    return t.put(Tables.APPROVALS, approval);
  }

  private void ended(Transaction t, Approval approval) {
    office.work().nudge(t, Jobs.APPROVAL, ApprovalRef.of(approval));
    announce(t, approval);
  }

  private void announce(Transaction t, Approval approval) {
    office.work().nudge(t, approval.workflow());
    notices.post(
        t,
        approval.organization(),
        Topic.DECISION,
        approval.id().value(),
        approval.title() + ": " + lower(approval.status()),
        text(approval) + (approval.reason() == null ? "" : "\nReason: " + approval.reason()),
        u ->
            u.id().equals(approval.requestedBy())
                || approval.decisions().stream().anyMatch(d -> d.user().equals(u.id())));
  }

  private void ask(Transaction t, Approval approval, Topic topic, String lead) {
    Ballot ballot = ballot(t.state());
    Predicate<User> asked = u -> ballot.isAsked(approval, u);
    notices.post(
        t,
        approval.organization(),
        topic,
        approval.id().value(),
        lead + approval.title(),
        text(approval),
        asked);
  }

  private static String text(Approval approval) {
    return approval.title()
        + "\nAsked by "
        + approval.requester()
        + ", risk "
        + approval.risk().name().toLowerCase(java.util.Locale.ROOT)
        + ", to be decided before "
        + approval.timing().expiresAt()
        + "\nPlan "
        + approval.planHash()
        + "\nApproval "
        + approval.id();
  }

  private void tell(
      Transaction t, Approval approval, String who, String what, Map<String, String> more) {
    Map<String, String> detail = new TreeMap<>(more);
    detail.put("kind", approval.kind().word());
    detail.put("subject", approval.subject());
    detail.put("status", lower(approval.status()));
    detail.putIfAbsent("plan_hash", approval.planHash());
    detail.put("summary", who + ": " + approval.title());
    office.tell(t, approval.organization(), who, what, approval.id().value(), detail);
  }

  private static String lower(Status status) {
    return status.name().toLowerCase(java.util.Locale.ROOT);
  }
}
