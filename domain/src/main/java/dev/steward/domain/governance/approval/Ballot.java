package dev.steward.domain.governance.approval;

import dev.steward.model.Approval;
import dev.steward.model.Approval.Answer;
import dev.steward.model.Approval.Decision;
import dev.steward.model.Approval.Delegation;
import dev.steward.model.Approval.Status;
import dev.steward.model.ApprovalGroup;
import dev.steward.model.Problem;
import dev.steward.model.Problem.Type;
import dev.steward.model.ProblemException;
import dev.steward.model.Risk;
import dev.steward.model.User;
import dev.steward.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The rules of deciding; pure. A person counts once, whatever seats were handed to them; the
 * requester counts never, unless a policy allows it and the risk is not high; no answer in time is
 * a no.
 */
public final class Ballot {
  private final Function<UserId, Optional<User>> people;

  /**
   * @param people finds a user of the approval's organization
   */
  public Ballot(Function<UserId, Optional<User>> people) {
    this.people = people;
  }

  /**
   * Takes a decision.
   *
   * @throws ProblemException with a type of its own for each refusal: late, decided, own request,
   *     not asked, repeated, another plan
   */
  public Approval vote(
      Approval approval,
      User user,
      Answer answer,
      String comment,
      String planHash,
      String channel,
      Instant now) {
    open(approval, now);
    Set<String> groups = mayDecide(approval, user);
    if (!planHash.equals(approval.planHash()))
      throw Problem.of(
          Type.PLAN_CHANGED,
          "the decision names another plan than the one that is asked about; read "
              + approval.planHash());
    Approval voted =
        approval.decided(
            new Decision(
                user.id(),
                user.username(),
                answer,
                comment,
                planHash,
                List.copyOf(groups),
                channel,
                now));
    if (answer == Answer.REJECT)
      return voted.ended(
          Status.REJECTED,
          "rejected by " + user.username() + (comment.isEmpty() ? "" : ": " + comment),
          now);
    return isCarried(voted) ? voted.ended(Status.APPROVED, null, now) : voted;
  }

  /** Hands the user's seat to another. */
  public Approval delegate(Approval approval, User user, User to, String comment, Instant now) {
    open(approval, now);
    mayDecide(approval, user);
    if (user.id().equals(to.id()))
      throw Problem.of(Type.CONFLICT, "a seat cannot be handed to its owner");
    if (isBarred(approval, to))
      throw Problem.of(Type.OWN_REQUEST, to.username() + " asked for this and may not decide it");
    if (hasDecided(approval, to.id()))
      throw Problem.of(Type.REPEATED_DECISION, to.username() + " has decided already");
    return approval.delegated(
        new Delegation(user.id(), user.username(), to.id(), to.username(), comment, now));
  }

  /** Ends the question if its time is over. */
  public static Approval expire(Approval approval, Instant now) {
    return approval.status() == Status.PENDING && !now.isBefore(approval.timing().expiresAt())
        ? approval.ended(Status.EXPIRED, "nobody decided in time", now)
        : approval;
  }

  /** Whether this person's decision would be taken. */
  public boolean isAsked(Approval approval, User user) {
    return approval.status() == Status.PENDING
        && !isBarred(approval, user)
        && !hasDecided(approval, user.id())
        && !seats(approval, user).isEmpty();
  }

  /** Whether every group has reached its quorum. */
  static boolean isCarried(Approval approval) {
    for (ApprovalGroup group : approval.groups()) {
      Set<String> persons = new TreeSet<>();
      for (Decision decision : approval.decisions())
        if (decision.answer() == Answer.APPROVE && decision.groups().contains(group.name()))
          persons.add(decision.user().value());
      if (persons.size() < group.quorum()) return false;
    }
    return true;
  }

  private static void open(Approval approval, Instant now) {
    if (approval.status() == Status.EXPIRED
        || (approval.status() == Status.PENDING && !now.isBefore(approval.timing().expiresAt())))
      throw Problem.of(
          Type.APPROVAL_EXPIRED, "the time to decide ended at " + approval.timing().expiresAt());
    if (approval.status() != Status.PENDING)
      throw Problem.of(
          Type.ALREADY_DECIDED,
          "this was " + approval.status().name().toLowerCase(java.util.Locale.ROOT) + " already");
  }

  private Set<String> mayDecide(Approval approval, User user) {
    if (isBarred(approval, user))
      throw Problem.of(Type.OWN_REQUEST, "nobody decides about their own request");
    if (hasDecided(approval, user.id()))
      throw Problem.of(Type.REPEATED_DECISION, "you have decided already");
    Set<String> groups = seats(approval, user);
    if (groups.isEmpty())
      throw Problem.of(
          Type.NOT_ASKED,
          "you are not among those who are asked: "
              + String.join(", ", approval.groups().stream().map(ApprovalGroup::name).toList()));
    return groups;
  }

  private static boolean isBarred(Approval approval, User user) {
    return approval.requestedBy().equals(user.id())
        && (!approval.requesterMayApprove() || approval.risk() == Risk.HIGH);
  }

  private static boolean hasDecided(Approval approval, UserId user) {
    return approval.decisions().stream().anyMatch(d -> d.user().equals(user));
  }

  /** The groups that the user may speak for: their own, and those of the seats handed to them. */
  private Set<String> seats(Approval approval, User user) {
    Set<String> groups = new LinkedHashSet<>();
    if (user.disabled() || !user.organization().equals(approval.organization())) return groups;
    List<UserId> persons = new ArrayList<>(List.of(user.id()));
    approval.delegations().forEach(d -> persons.add(d.from()));
    for (UserId person : persons) {
      if (!holder(approval, person).equals(user.id())) continue;
      Optional<User> owner = person.equals(user.id()) ? Optional.of(user) : people.apply(person);
      owner
          .filter(o -> !o.disabled() && !isBarred(approval, o))
          .ifPresent(o -> groups.addAll(own(approval, o)));
    }
    return groups;
  }

  /** Who sits on the person's seat now, following what was handed on. */
  private static UserId holder(Approval approval, UserId person) {
    UserId at = person;
    Set<String> seen = new TreeSet<>();
    while (seen.add(at.value())) {
      UserId from = at;
      Optional<UserId> next =
          approval.delegations().stream()
              .filter(d -> d.from().equals(from))
              .map(Delegation::to)
              .reduce((first, last) -> last);
      if (next.isEmpty()) return at;
      at = next.get();
    }
    return person;
  }

  private static Set<String> own(Approval approval, User user) {
    Set<String> groups = new LinkedHashSet<>();
    for (ApprovalGroup group : approval.groups()) if (isIn(group, user)) groups.add(group.name());
    ApprovalGroup second = approval.timing().escalation();
    if (approval.timing().escalated() && second != null && isIn(second, user))
      approval.groups().forEach(g -> groups.add(g.name()));
    return groups;
  }

  private static boolean isIn(ApprovalGroup group, User user) {
    return group.roles().stream().anyMatch(user.roles()::contains)
        || group.users().stream().anyMatch(user.username()::equalsIgnoreCase);
  }
}
