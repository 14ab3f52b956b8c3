package dev.steward.activities;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.discovery.Discoveries;
import dev.steward.domain.jobs.OpenWork;
import dev.steward.domain.onboarding.Disconnections;
import dev.steward.domain.onboarding.Verifications;
import dev.steward.domain.waste.Scans;
import dev.steward.domain.work.Work;
import dev.steward.model.Account;
import dev.steward.model.AccountId;
import dev.steward.model.Discovery;
import dev.steward.model.Ids;
import dev.steward.model.Intent;
import dev.steward.model.Json;
import dev.steward.model.Onboarding;
import dev.steward.model.Scan;
import dev.steward.model.job.Asked;
import dev.steward.model.job.Job;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.AccountRef;
import dev.steward.model.job.Jobs.AttemptRef;
import dev.steward.model.job.Jobs.DiscoveryRef;
import dev.steward.model.job.Jobs.ScanRef;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import dev.steward.testing.Samples;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API writes down as an intent is what the workflow reads as its input. */
final class IntentsTest {
  @TempDir Path folder;

  private final InstantSource clock = InstantSource.system();
  private final Work work = new Work(Ids.random(), clock);
  private final Discoveries discoveries = new Discoveries(work, Ids.random(), clock);
  private final Scans scans = new Scans(work, Ids.random(), clock);

  static List<OpenWork<?, ?>> work() {
    return OpenWork.ALL;
  }

  @ParameterizedTest
  @MethodSource("work")
  <R, I extends Asked> void anIntentSaysWhatItsJobSays(OpenWork<R, I> open) {
    Job<I> job = open.job();
    I input = open.input().apply(Samples.of(open.table().type()));
    Map<String, Intent> intents = intents(t -> work.start(t, job, input));
    assertThat(read(intents, job)).isEqualTo(input);
    Intent started = intents.values().iterator().next();
    assertThat(started.workflowId()).isEqualTo(job.id(input));
    assertThat(started.signal()).isNull();
    assertThat(started.organization()).isEqualTo(input.organization().value());
    AccountId account = input.account();
    assertThat(started.account()).isEqualTo(account == null ? null : account.value());
  }

  @ParameterizedTest
  @MethodSource("work")
  <R, I extends Asked> void oneThatRunsIsToldToLookAgain(OpenWork<R, I> open) {
    Job<I> job = open.job();
    I input = open.input().apply(Samples.of(open.table().type()));
    Map<String, Intent> told =
        intents(t -> {
          work.startOrNudge(t, job, input);
          work.nudge(t, job, input);
        });
    assertThat(read(told, job)).isEqualTo(input);
    assertThat(told.keySet()).containsExactlyInAnyOrder(job.type(), "");
    assertThat(told.values())
        .allMatch(i -> i.workflowId().equals(job.id(input)) && Work.NUDGE.equals(i.signal()));
  }

  /** What is asked for twice is one piece of work. */
  @Test
  void workIsAskedForOnce() {
    Onboarding onboarding = Samples.of(Onboarding.class);
    Account account = Samples.of(Account.class);
    Map<String, Intent> intents =
        intents(t -> {
          new Verifications(work).request(t, onboarding);
          Discovery discovery = discoveries.request(t, account);
          Scan scan = scans.request(t, account);
          new Disconnections(work, clock).request(t, account);
          assertThat(discoveries.request(t, account)).isEqualTo(discovery);
          assertThat(scans.request(t, account)).isEqualTo(scan);
        });
    assertThat(intents).hasSize(4);
    assertThat(read(intents, Jobs.VERIFICATION)).isEqualTo(AttemptRef.of(onboarding));
    DiscoveryRef discovery = read(intents, Jobs.DISCOVERY);
    ScanRef scan = read(intents, Jobs.SCAN);
    assertThat(discovery.account()).isEqualTo(account.id());
    assertThat(scan.account()).isEqualTo(account.id());
    assertThat(read(intents, Jobs.DISCONNECTION))
        .isEqualTo(new AccountRef(account.id(), account.organization()));
    assertThat(intents.values().stream().map(Intent::workflowId))
        .containsExactlyInAnyOrder(
            "onboarding/" + onboarding.id() + "/" + onboarding.attempt(),
            "discovery/" + account.id() + "/" + discovery.discovery(),
            "waste/" + account.id() + "/" + scan.scan(),
            "disconnect/" + account.id());
  }

  private Map<String, Intent> intents(Consumer<Transaction> asking) {
    try (Store store = Store.open(folder)) {
      store.write(t -> {
        asking.accept(t);
        return true;
      });
      return store.state().rows(Tables.INTENTS).stream()
          .collect(Collectors.toMap(Intent::workflowType, Function.identity()));
    }
  }

  private static <I> I read(Map<String, Intent> intents, Job<I> job) {
    Intent intent = java.util.Objects.requireNonNull(intents.get(job.type()), job.type());
    return Json.read(Json.bytes(intent.input()), job.input());
  }
}
