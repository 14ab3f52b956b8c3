package dev.steward.domain.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.governance.desk.AuditBook;
import dev.steward.domain.governance.desk.FindingDesk;
import dev.steward.domain.governance.desk.Office;
import dev.steward.domain.governance.desk.WordDesk;
import dev.steward.domain.work.Work;
import dev.steward.estate.PriceBook;
import dev.steward.model.Account;
import dev.steward.model.AccountId;
import dev.steward.model.AwsAccountId;
import dev.steward.model.ConnectionMethod;
import dev.steward.model.Exemption;
import dev.steward.model.ExemptionId;
import dev.steward.model.Finding;
import dev.steward.model.FindingId;
import dev.steward.model.Ids;
import dev.steward.model.KeptWord;
import dev.steward.model.OnboardingId;
import dev.steward.model.Organization;
import dev.steward.model.OrganizationId;
import dev.steward.model.ScanId;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exemptions of every width, and what each of them covers. */
@SuppressWarnings("NullAway.Init")
final class ExemptionsTest {
  private static final Instant NOW = Samples.NOW;
  private static final OrganizationId SHOP = Samples.ORGANIZATION;
  private static final Account HERE = account("acc_here00", "111122223333");
  private static final Account THERE = account("acc_there0", "111122224444");

  @TempDir private Path folder;
  private final Ids ids = Ids.random();
  private Store store;
  private FindingDesk findings;
  private WordDesk words;

  @BeforeEach
  void open() {
    store = Store.open(folder.resolve("data"));
    Office office =
        new Office(
            new Work(ids, () -> NOW),
            ids,
            () -> NOW,
            PriceBook.current(),
            new AuditBook(MasterKey.at(folder.resolve("master.key"), false)));
    findings = new FindingDesk(office);
    words = new WordDesk(office, findings);
    write(t -> {
      t.put(Tables.ORGANIZATIONS, new Organization(SHOP, "Shop", NOW));
      for (Account account : List.of(HERE, THERE)) {
        t.put(Tables.ACCOUNTS, account);
        for (String check : List.of("idle", "old"))
          for (String resource : List.of("vol-1", "vol-2"))
            t.put(Tables.FINDINGS, finding(account, check, resource));
      }
    });
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void write(Consumer<Transaction> change) {
    store.<Boolean>write(t -> {
      change.accept(t);
      return true;
    });
  }

  private static Account account(String id, String number) {
    return new Account(
        new AccountId(id),
        SHOP,
        new AwsAccountId(number),
        "shop",
        "test",
        ConnectionMethod.ROLE,
        Account.Status.CONNECTED,
        new OnboardingId("onb_shop00"),
        "arn",
        "external",
        null,
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        NOW);
  }

  private static FindingId id(Account account, String check, String resource) {
    return FindingDesk.id(account.id(), check, "eu-west-1", resource);
  }

  private static Finding finding(Account account, String check, String resource) {
    return new Finding(
        id(account, check, resource),
        SHOP,
        account.id(),
        new ScanId("scn_shop00"),
        check,
        "ebs_volume",
        "eu-west-1",
        resource,
        null,
        Finding.State.OPEN,
        null,
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

  private Exemption exemption(
      @Nullable String check, @Nullable Account account, @Nullable String resource) {
    return new Exemption(
        ExemptionId.from(ids),
        SHOP,
        check,
        account == null ? null : account.id(),
        resource,
        "of " + check + " " + resource,
        NOW.plus(Duration.ofDays(9)),
        "ann",
        NOW);
  }

  /** {@code here idle vol-1} and so on, of those that are exempt. */
  private List<String> exempt() {
    return store.state().rows(Tables.FINDINGS).stream()
        .filter(f -> f.state() == Finding.State.EXEMPT)
        .map(f ->
            (f.account().equals(HERE.id()) ? "here " : "there ") + f.check() + " " + f.resource())
        .sorted()
        .toList();
  }

  @Test
  void eachCoversWhatItSaysAndEndsWithIt() {
    record Width(Exemption exemption, List<String> covered) {}
    for (Width width :
        List.of(
            new Width(exemption("idle", HERE, "vol-1"), List.of("here idle vol-1")),
            new Width(
                exemption(null, null, "vol-1"),
                List.of(
                    "here idle vol-1", "here old vol-1", "there idle vol-1", "there old vol-1")),
            new Width(
                exemption("old", null, null),
                List.of("here old vol-1", "here old vol-2", "there old vol-1", "there old vol-2")),
            new Width(
                exemption(null, HERE, null),
                List.of(
                    "here idle vol-1", "here idle vol-2", "here old vol-1", "here old vol-2")))) {
      write(t -> findings.add(t, width.exemption()));
      assertThat(exempt()).isEqualTo(width.covered());
      write(t -> findings.end(t, width.exemption(), "ann"));
      assertThat(exempt()).isEmpty();
    }
  }

  @Test
  void whatAnotherOneCoversStaysExempt() {
    Exemption wide = exemption(null, HERE, null);
    Exemption narrow = exemption("old", HERE, "vol-2");
    write(t -> findings.add(t, wide));
    write(t -> findings.add(t, narrow));
    write(t -> findings.end(t, wide, "ann"));
    assertThat(exempt()).containsExactly("here old vol-2");
    // A scan finds it again, and names the narrowest.
    write(t -> t.put(Tables.EXEMPTIONS, wide));
    Finding again =
        store.write(
            t -> FindingDesk.judged(t, finding(HERE, "old", "vol-2"), Optional.empty(), NOW));
    assertThat(again.state()).isEqualTo(Finding.State.EXEMPT);
    assertThat(again.judgement()).extracting(Finding.Judgement::reason).isEqualTo("of old vol-2");
  }

  @Test
  void whatIsRestoredHoldsForTheAccountThatWasConnectedAnew() {
    Account gone = account("acc_gone00", "111122223333");
    KeptWord word =
        new KeptWord(
            SHOP,
            HERE.awsAccount(),
            List.of(),
            List.of(
                exemption("idle", gone, "vol-1"),
                exemption("old", gone, null),
                exemption("old", gone, "vol-2")),
            NOW);
    write(t -> words.restore(t, HERE, word, "ann"));
    assertThat(exempt()).containsExactly("here idle vol-1", "here old vol-1", "here old vol-2");
    assertThat(store.state().rows(Tables.EXEMPTIONS).stream())
        .allMatch(e -> HERE.id().equals(e.account()));
  }
}
