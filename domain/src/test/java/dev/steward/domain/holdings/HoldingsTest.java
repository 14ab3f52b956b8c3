package dev.steward.domain.holdings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.model.Account;
import dev.steward.model.AccountId;
import dev.steward.model.AwsAccountId;
import dev.steward.model.ConnectionMethod;
import dev.steward.model.Coverage;
import dev.steward.model.DiscoveryId;
import dev.steward.model.Finding;
import dev.steward.model.FindingId;
import dev.steward.model.Ids;
import dev.steward.model.Listing;
import dev.steward.model.Money;
import dev.steward.model.OnboardingId;
import dev.steward.model.OrganizationId;
import dev.steward.model.ScanId;
import dev.steward.storage.Own;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Derived figures are those of the state that is asked, and are made again only when it differs.
 */
final class HoldingsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  @TempDir private Path folder;

  private final Ids ids = Ids.random();
  private final OrganizationId mine = OrganizationId.from(ids);
  private final OrganizationId theirs = OrganizationId.from(ids);

  private Account account(Store store, OrganizationId whose, int number) {
    return store.write(t ->
        t.put(
            Tables.ACCOUNTS,
            new Account(
                AccountId.from(ids),
                whose,
                new AwsAccountId(Integer.toString(700_000_000 + number) + "000"),
                "a",
                "production",
                ConnectionMethod.ROLE,
                Account.Status.CONNECTED,
                OnboardingId.from(ids),
                null,
                null,
                null,
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                NOW)));
  }

  private Finding finding(Account account, Finding.State state, @Nullable Money saving) {
    return new Finding(
        FindingId.from(ids),
        account.organization(),
        account.id(),
        ScanId.from(ids),
        "unattached_volume",
        "ebs_volume",
        "eu-west-1",
        "vol-" + ids.next("r"),
        null,
        state,
        saving,
        Finding.Confidence.HIGH,
        Map.of(),
        "book",
        1,
        NOW,
        NOW,
        null,
        null,
        null,
        null);
  }

  private Listing line(Account account, int region, Coverage coverage, @Nullable Integer unpriced) {
    return new Listing(
        account.id(),
        DiscoveryId.from(ids),
        "region-" + region,
        "ebs_volume",
        coverage,
        1,
        3,
        Money.usd(2.5),
        null,
        null,
        NOW,
        unpriced);
  }

  @Test
  void silenceIsCountedAndNeverAddedAsNothing() {
    try (Store store = Store.open(folder)) {
      Account account = account(store, mine, 1);
      store.write(t -> {
        t.put(Tables.LISTINGS, line(account, 1, Coverage.ANSWERED, 1));
        t.put(Tables.LISTINGS, line(account, 2, Coverage.DENIED, 0));
        t.put(Tables.FINDINGS, finding(account, Finding.State.OPEN, Money.usd(4)));
        t.put(Tables.FINDINGS, finding(account, Finding.State.OPEN, null));
        return t.put(Tables.FINDINGS, finding(account, Finding.State.DISMISSED, Money.usd(9)));
      });
      Holding all = Holdings.of(store.state().own(mine)).all();
      assertThat(all.potentialSaving().amount()).isEqualTo(Money.usd(4));
      assertThat(all.potentialSaving().unpriced()).isEqualTo(1);
      assertThat(all.findings()).isEqualTo(2);
      assertThat(all.uncosted()).isEqualTo(1);
      assertThat(all.gaps()).extracting(Listing::region).containsExactly("region-2");
      store.write(t -> t.put(Tables.LISTINGS, line(account, 3, Coverage.ANSWERED, null)));
      assertThat(Holdings.of(store.state().own(mine)).all().uncosted()).isNull();
    }
  }

  /** Whatever is written, and whichever state is asked, in whatever order. */
  @Test
  void isWhatTheStateThatIsAskedSays() {
    Random random = new Random(7);
    try (Store store = Store.open(folder)) {
      List<Account> accounts = new ArrayList<>();
      for (int i = 0; i < 4; i++) accounts.add(account(store, i < 2 ? mine : theirs, i));
      List<State> states = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        Account account = accounts.get(random.nextInt(accounts.size()));
        int what = random.nextInt(6);
        store.write(t -> {
          switch (what) {
            case 0 ->
                t.put(Tables.LISTINGS, line(account, random.nextInt(3), Coverage.ANSWERED, 0));
            case 1 -> t.put(Tables.LISTINGS, line(account, random.nextInt(3), Coverage.FAILED, 0));
            case 2 -> t.put(Tables.FINDINGS, finding(account, Finding.State.OPEN, Money.usd(1)));
            case 3 -> t.put(Tables.FINDINGS, finding(account, Finding.State.OPEN, null));
            case 4 ->
                t.rows(Tables.FINDINGS).stream()
                    .findFirst()
                    .ifPresent(f -> t.put(Tables.FINDINGS, f.resolved(NOW)));
            case 5 ->
                t.rows(Tables.LISTINGS).stream()
                    .findFirst()
                    .ifPresent(l -> t.remove(Tables.LISTINGS, l.key()));
            default -> throw new IllegalStateException("no case " + what);
          }
          return account;
        });
        failing(store, account);
        states.add(store.state());
        for (OrganizationId whose : List.of(mine, theirs)) {
          check(store.state().own(whose));
          check(states.get(random.nextInt(states.size())).own(whose));
        }
      }
      store.write(t -> t.uproot(Tables.ACCOUNTS, accounts.getFirst().id().value()));
      check(store.state().own(mine));
    }
  }

  /** What a write that failed has made of the figures is nowhere. */
  private void failing(Store store, Account account) {
    try {
      store.write(t -> {
        t.put(Tables.FINDINGS, finding(account, Finding.State.OPEN, Money.usd(1_000)));
        Holdings.of(t.own(account.organization()));
        throw new IllegalStateException("on purpose");
      });
    } catch (IllegalStateException expected) {
      // Nothing was written.
    }
  }

  private static void check(Own own) {
    List<Finding> findings = own.all(Tables.FINDINGS).toList();
    List<Listing> lines = own.all(Tables.LISTINGS).toList();
    Holding all = Holdings.of(own).all();
    Holding expected = Holding.of(lines, findings);
    assertThat(all.findings()).isEqualTo(expected.findings());
    assertThat(all.saving()).isEqualTo(expected.saving());
    assertThat(all.asked()).isEqualTo(expected.asked());
    assertThat(all.monthlyCost()).isEqualTo(expected.monthlyCost());
    assertThat(all.gaps()).containsExactlyInAnyOrderElementsOf(expected.gaps());
  }

  @Test
  void isMadeOnceWhileNothingChanges() {
    AtomicInteger made = new AtomicInteger();
    Derived<Long> count =
        Derived.of(
            List.of(Tables.LISTINGS),
            own -> {
              made.incrementAndGet();
              return own.all(Tables.LISTINGS).count();
            });
    try (Store store = Store.open(folder)) {
      Account ours = account(store, mine, 1);
      Account others = account(store, theirs, 2);
      assertThat(count.of(store.state().own(mine))).isZero();
      store.write(t -> t.put(Tables.LISTINGS, line(others, 1, Coverage.ANSWERED, 0)));
      store.write(t -> t.put(Tables.FINDINGS, finding(ours, Finding.State.OPEN, null)));
      assertThat(count.of(store.state().own(mine))).isZero();
      assertThat(made).hasValue(1);
      store.write(t -> t.put(Tables.LISTINGS, line(ours, 1, Coverage.ANSWERED, 0)));
      assertThat(count.of(store.state().own(mine))).isOne();
    }
    // After a start nothing of before is taken for the same.
    try (Store store = Store.open(folder)) {
      made.set(0);
      assertThat(count.of(store.state().own(mine))).isOne();
      assertThat(made).hasValue(1);
    }
  }
}
