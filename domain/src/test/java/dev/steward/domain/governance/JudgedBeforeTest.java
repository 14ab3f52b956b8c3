package dev.steward.domain.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.domain.governance.desk.AuditBook;
import dev.steward.domain.governance.desk.ChangeDesk;
import dev.steward.domain.governance.desk.Desks;
import dev.steward.domain.governance.desk.Estates;
import dev.steward.domain.governance.desk.Judged;
import dev.steward.domain.governance.desk.Judges;
import dev.steward.domain.governance.desk.Office;
import dev.steward.domain.governance.desk.OvertakenException;
import dev.steward.domain.governance.plan.Planner;
import dev.steward.domain.work.Work;
import dev.steward.estate.PriceBook;
import dev.steward.model.Account;
import dev.steward.model.AccountFeature;
import dev.steward.model.Change;
import dev.steward.model.Ids;
import dev.steward.model.Onboarding;
import dev.steward.model.Organization;
import dev.steward.model.OrganizationId;
import dev.steward.model.Policy;
import dev.steward.model.Policy.Effect;
import dev.steward.model.Problem.Type;
import dev.steward.model.ProblemException;
import dev.steward.model.Role;
import dev.steward.model.Ruling;
import dev.steward.model.User;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies are asked before the write; what they said holds within it for the same case only. */
@SuppressWarnings("NullAway.Init")
final class JudgedBeforeTest {
  private static final User CLIENT = Samples.user("client", Role.CLIENT);
  private static final Account ACCOUNT = Samples.account("production");

  @TempDir private Path folder;
  private volatile Instant now = Samples.NOW;
  private Store store;
  private Desks desks;
  private ChangeDesk desk;

  @BeforeEach
  void open() {
    store = Store.open(folder.resolve("data"));
    Ids ids = Ids.random();
    desks =
        Desks.of(
            new Office(
                new Work(ids, () -> now),
                ids,
                () -> now,
                PriceBook.current(),
                new AuditBook(MasterKey.at(folder.resolve("master.key"), false))));
    desk = desks.changes();
    store.write(t -> {
      t.put(Tables.ORGANIZATIONS, new Organization(Samples.ORGANIZATION, "Shop", now));
      t.put(Tables.ACCOUNTS, ACCOUNT);
      t.put(Tables.USERS, CLIENT);
      t.put(
          Tables.ONBOARDINGS,
          new Onboarding(
              ACCOUNT.onboarding(),
              Samples.ORGANIZATION,
              "shop",
              "production",
              List.of(AccountFeature.ACT),
              "ext",
              Onboarding.Status.CONNECTED,
              null,
              null,
              ACCOUNT.id(),
              List.of(),
              List.of(),
              null,
              1,
              now,
              now,
              null));
      return t.put(Tables.POLICIES, Samples.policy(Samples.automatic()));
    });
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Change draft() {
    List<Planner.Item> items =
        List.of(
            new Planner.Item(
                "resources[0]",
                Samples.volume("vol-0", Map.of()),
                null,
                "snapshot_and_delete_volume",
                Map.of()));
    Estates estates = new Estates(store.state());
    Judged<Map<Integer, String>> managed = desk.managed(estates, ACCOUNT, CLIENT, items);
    return store.write(t -> desk.draft(t, ACCOUNT, CLIENT, "a change", items, estates, managed));
  }

  private Judged<Ruling> judge(Change draft) {
    return desk.ruling(new Estates(store.state()), draft, CLIENT);
  }

  private Change submit(Change draft, Judged<Ruling> judged) {
    return store.write(t -> desk.submit(t, draft, CLIENT, new Estates(t.state()), judged));
  }

  private void rule(int version, Effect effect) {
    Policy p = Samples.policy(Samples.rule("r", "true", effect));
    store.write(t ->
        t.put(
            Tables.POLICIES,
            new Policy(
                p.id(),
                p.organization(),
                version,
                p.name(),
                "",
                true,
                p.rules(),
                p.author(),
                p.at())));
  }

  @Test
  void whatWasJudgedHoldsWhileNothingChanges() {
    Change draft = draft();
    Change submitted = submit(draft, judge(draft));
    assertThat(submitted.ruling()).extracting(Ruling::effect).isEqualTo(Effect.AUTO_APPROVE);
  }

  @Test
  void aPolicyThatWasMadeMeanwhileIsAsked() {
    Change draft = draft();
    Judged<Ruling> judged = judge(draft);
    rule(2, Effect.DENY);
    assertThatThrownBy(() -> submit(draft, judged)).isInstanceOf(OvertakenException.class);
    assertThat(store.state().find(Tables.CHANGES, draft.id().value())).contains(draft);
    assertThatThrownBy(() -> OvertakenException.again(() -> submit(draft, judge(draft))))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(Type.REFUSED_BY_POLICY));
  }

  @Test
  void anAccountThatChangedMeanwhileIsJudgedAnew() {
    Change draft = draft();
    Judged<Ruling> judged = judge(draft);
    store.write(t -> t.put(Tables.ACCOUNTS, Samples.account("test")));
    assertThatThrownBy(() -> submit(draft, judged)).isInstanceOf(OvertakenException.class);
  }

  @Test
  void whatWasJudgedLongAgoIsJudgedAnew() {
    Change draft = draft();
    Judged<Ruling> judged = judge(draft);
    now = Samples.NOW.plus(Duration.ofMinutes(2));
    assertThatThrownBy(() -> submit(draft, judged)).isInstanceOf(OvertakenException.class);
    now = Samples.NOW.minus(Duration.ofMinutes(2));
    assertThatThrownBy(() -> submit(draft, judged)).isInstanceOf(OvertakenException.class);
  }

  @Test
  void aCaseThatKeepsChangingIsGivenUpAndNothingIsDone() {
    Change draft = draft();
    AtomicInteger version = new AtomicInteger(1);
    assertThatThrownBy(() ->
            OvertakenException.again(() -> {
              Judged<Ruling> judged = judge(draft);
              rule(version.incrementAndGet(), Effect.AUTO_APPROVE);
              return submit(draft, judged);
            }))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().type()).isEqualTo(Type.CONFLICT));
    assertThat(version).hasValueLessThan(10);
    assertThat(store.state().find(Tables.CHANGES, draft.id().value())).contains(draft);
  }

  /** A judgement that does not end keeps nobody's write waiting, and no other organization's. */
  @Test
  void othersWriteAndJudgeWhileOneIsJudged() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Thread one =
        Thread.ofPlatform()
            .start(() ->
                desks
                    .judges()
                    .trial(
                        new OrganizationId("org_other00000"),
                        () -> {
                          begun.countDown();
                          try {
                            end.await();
                          } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                          }
                          return true;
                        }));
    begun.await();
    Change draft = draft();
    assertThat(submit(draft, judge(draft)).ruling()).isNotNull();
    assertThat(one.isAlive()).isTrue();
    end.countDown();
    one.join();
  }

  @Test
  void whatFailsInAJudgementIsToldToWhoAsked() {
    assertThatThrownBy(() ->
            desks
                .judges()
                .trial(
                    Samples.ORGANIZATION,
                    () -> {
                      throw new IllegalArgumentException("so");
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("so");
  }

  /** Where there is no room for a thread now, there may be later. */
  @Test
  void aQuestionThatCannotBeginKeepsNobodysTurn() {
    AtomicInteger asked = new AtomicInteger();
    Judges judges =
        new Judges(question -> {
          if (asked.getAndIncrement() == 0)
            throw new OutOfMemoryError("unable to create native thread");
          return new Thread(question);
        });
    assertThatThrownBy(() -> judges.trial(Samples.ORGANIZATION, () -> 1))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(judges.trial(Samples.ORGANIZATION, () -> 2)).isEqualTo(2);
  }

  @Test
  void whatTheMachineCannotDoMeansNo() {
    assertThatThrownBy(() ->
            desks
                .judges()
                .trial(
                    Samples.ORGANIZATION,
                    () -> {
                      throw new StackOverflowError();
                    }))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(Type.REFUSED_BY_POLICY));
    assertThat(desks.judges().<Integer>trial(Samples.ORGANIZATION, () -> 2)).isEqualTo(2);
  }
}
