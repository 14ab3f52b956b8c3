package dev.steward.domain.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.instancio.Instancio.gen;

import dev.steward.domain.governance.approval.Ballot;
import dev.steward.model.Approval;
import dev.steward.model.Approval.Answer;
import dev.steward.model.Approval.Decision;
import dev.steward.model.Approval.Status;
import dev.steward.model.Approval.Timing;
import dev.steward.model.ApprovalGroup;
import dev.steward.model.ApprovalId;
import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import dev.steward.model.Risk;
import dev.steward.model.Role;
import dev.steward.model.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.instancio.junit.InstancioExtension;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InstancioExtension.class)
final class BallotProperties {
  private static final Instant NOW = Samples.NOW;
  private static final Instant END = NOW.plusSeconds(3_600);
  private static final String HASH = "a".repeat(64);
  private static final User CLIENT = Samples.user("client", Role.CLIENT, Role.APPROVER);
  private static final List<User> PEOPLE = people();
  private static final Ballot BALLOT =
      new Ballot(id -> Optional.ofNullable(Samples.find(PEOPLE, id)));

  private static List<User> people() {
    List<User> people = new ArrayList<>(List.of(CLIENT));
    IntStream.range(0, 6).forEach(i -> people.add(Samples.user("person" + i, Role.APPROVER)));
    people.add(Samples.user("outsider", Role.CLIENT));
    people.add(Samples.user("second", Role.ADMIN));
    return people;
  }

  private static Approval asked(
      Risk risk,
      boolean own,
      @Nullable ApprovalGroup escalation,
      boolean escalated,
      ApprovalGroup... groups) {
    return new Approval(
        new ApprovalId("apr_sample0000"),
        Samples.ORGANIZATION,
        Approval.Kind.CHANGE,
        "chg_sample0000",
        "delete a volume",
        HASH,
        "change/1",
        CLIENT.id(),
        CLIENT.username(),
        risk,
        own,
        List.of(),
        List.of(groups),
        new Timing(END, 0, null, escalation == null ? null : NOW, escalation, escalated),
        Status.PENDING,
        null,
        List.of(),
        List.of(),
        List.of(),
        NOW,
        null);
  }

  private static ApprovalGroup approvers(int quorum) {
    return new ApprovalGroup("approvers", List.of(Role.APPROVER), List.of(), quorum);
  }

  private static Approval vote(Approval approval, User user, Answer answer) {
    return BALLOT.vote(approval, user, answer, "", HASH, "rest", NOW);
  }

  private static void assertRefused(Problem.Type type, Runnable vote) {
    assertThatThrownBy(vote::run)
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().type()).isEqualTo(type));
  }

  /** What somebody tries: to vote, or to hand the seat to somebody. */
  record Try(int who, int to, boolean votes) {}

  private static int upTo(int most) {
    return gen().ints().range(0, most).get();
  }

  private static List<Try> tries() {
    return Stream.generate(
            () -> new Try(upTo(PEOPLE.size() - 1), upTo(PEOPLE.size() - 1), gen().booleans().get()))
        .limit(upTo(25))
        .toList();
  }

  @Test
  void nobodyCountsTwiceWhateverIsHandedToWhom() {
    for (int round = 0; round < 3_000; round++) nobodyCountsTwice(tries(), upTo(4) + 1);
  }

  private static void nobodyCountsTwice(List<Try> tries, int quorum) {
    Approval approval = asked(Risk.LOW, false, null, false, approvers(quorum));
    for (Try one : tries) {
      try {
        approval =
            one.votes()
                ? vote(approval, PEOPLE.get(one.who()), Answer.APPROVE)
                : BALLOT.delegate(approval, PEOPLE.get(one.who()), PEOPLE.get(one.to()), "", NOW);
      } catch (ProblemException refused) {
        // What is refused leaves no trace.
      }
    }
    long persons = approval.decisions().stream().map(Decision::user).distinct().count();
    assertThat(approval.decisions()).as("%s", tries).hasSize((int) persons);
    assertThat(approval.decisions()).noneMatch(d -> d.user().equals(CLIENT.id()));
    assertThat(approval.status() == Status.APPROVED).isEqualTo(persons >= quorum);
    assertThat(persons).isLessThanOrEqualTo(quorum);
  }

  @Test
  void eachRefusalIsAProblemOfItsOwn() {
    Approval approval = asked(Risk.LOW, false, null, false, approvers(2));
    User first = PEOPLE.get(1);
    assertRefused(Problem.Type.OWN_REQUEST, () -> vote(approval, CLIENT, Answer.APPROVE));
    assertRefused(Problem.Type.NOT_ASKED, () -> vote(approval, PEOPLE.get(7), Answer.APPROVE));
    assertRefused(
        Problem.Type.PLAN_CHANGED,
        () -> BALLOT.vote(approval, first, Answer.APPROVE, "", "b".repeat(64), "rest", NOW));
    assertRefused(
        Problem.Type.APPROVAL_EXPIRED,
        () -> BALLOT.vote(approval, first, Answer.APPROVE, "", HASH, "rest", END));
    Approval once = vote(approval, first, Answer.APPROVE);
    assertRefused(Problem.Type.REPEATED_DECISION, () -> vote(once, first, Answer.APPROVE));
    Approval done = vote(once, PEOPLE.get(2), Answer.APPROVE);
    assertThat(done.status()).isEqualTo(Status.APPROVED);
    assertRefused(Problem.Type.ALREADY_DECIDED, () -> vote(done, PEOPLE.get(3), Answer.REJECT));
    User stranger =
        new User(
            first.id(),
            new dev.steward.model.OrganizationId("org_other00000"),
            "x",
            null,
            "",
            List.of(Role.APPROVER),
            0,
            false,
            NOW);
    assertRefused(Problem.Type.NOT_ASKED, () -> vote(approval, stranger, Answer.APPROVE));
  }

  @Test
  void expiryIsANoAtTheVeryMoment() {
    Approval approval = asked(Risk.LOW, false, null, false, approvers(1));
    Instant before = END.minusNanos(1);
    assertThat(
            BALLOT.vote(approval, PEOPLE.get(1), Answer.APPROVE, "", HASH, "rest", before).status())
        .isEqualTo(Status.APPROVED);
    assertThat(Ballot.expire(approval, before).status()).isEqualTo(Status.PENDING);
    assertThat(Ballot.expire(approval, END).status()).isEqualTo(Status.EXPIRED);
  }

  @Test
  void oneRejectionIsEnough() {
    Approval approval =
        vote(asked(Risk.LOW, false, null, false, approvers(3)), PEOPLE.get(1), Answer.REJECT);
    assertThat(approval.status()).isEqualTo(Status.REJECTED);
    assertThat(approval.reason()).contains("person0");
  }

  @Test
  void theRequesterMayApproveOnlyWhereAPolicySaysSoAndTheRiskIsNotHigh() {
    assertThat(
            vote(asked(Risk.MEDIUM, true, null, false, approvers(1)), CLIENT, Answer.APPROVE)
                .status())
        .isEqualTo(Status.APPROVED);
    assertRefused(
        Problem.Type.OWN_REQUEST,
        () -> vote(asked(Risk.HIGH, true, null, false, approvers(1)), CLIENT, Answer.APPROVE));
  }

  @Test
  void everyGroupMustReachItsQuorum() {
    ApprovalGroup owners =
        new ApprovalGroup("owners", List.of(), List.of("PERSON5", "outsider"), 1);
    Approval approval =
        vote(
            asked(Risk.LOW, false, null, false, approvers(1), owners),
            PEOPLE.get(1),
            Answer.APPROVE);
    assertThat(approval.status()).isEqualTo(Status.PENDING);
    assertThat(vote(approval, PEOPLE.get(7), Answer.APPROVE).status()).isEqualTo(Status.APPROVED);
    assertThat(vote(approval, PEOPLE.get(6), Answer.APPROVE).status()).isEqualTo(Status.APPROVED);
  }

  @Test
  void theSecondGroupMayDecideOnceItIsAsked() {
    ApprovalGroup admins = new ApprovalGroup("admins", List.of(Role.ADMIN), List.of(), 1);
    assertRefused(
        Problem.Type.NOT_ASKED,
        () ->
            vote(
                asked(Risk.LOW, false, admins, false, approvers(1)),
                PEOPLE.get(8),
                Answer.APPROVE));
    assertThat(
            vote(asked(Risk.LOW, false, admins, true, approvers(1)), PEOPLE.get(8), Answer.APPROVE)
                .status())
        .isEqualTo(Status.APPROVED);
  }

  @Test
  void aSeatIsHandedOnWhole() {
    Approval approval = asked(Risk.LOW, false, null, false, approvers(2));
    User giver = PEOPLE.get(1);
    User outsider = PEOPLE.get(7);
    Approval handed = BALLOT.delegate(approval, giver, outsider, "on holiday", NOW);
    assertRefused(Problem.Type.NOT_ASKED, () -> vote(handed, giver, Answer.APPROVE));
    Approval once = vote(handed, outsider, Answer.APPROVE);
    assertThat(once.decisions()).hasSize(1);
    assertRefused(Problem.Type.REPEATED_DECISION, () -> vote(once, outsider, Answer.APPROVE));
    assertRefused(
        Problem.Type.OWN_REQUEST, () -> BALLOT.delegate(approval, giver, CLIENT, "", NOW));
    assertRefused(Problem.Type.CONFLICT, () -> BALLOT.delegate(approval, giver, giver, "", NOW));
  }
}
