package dev.steward.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.model.AccountId;
import dev.steward.model.Forgotten;
import dev.steward.model.Ids;
import dev.steward.model.Money;
import dev.steward.model.NotificationTarget;
import dev.steward.model.OrganizationId;
import dev.steward.model.RunStatus;
import dev.steward.model.Scan;
import dev.steward.model.ScanId;
import dev.steward.model.SealedSecret;
import dev.steward.model.SecretId;
import dev.steward.model.TargetId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes with a row. */
final class UprootTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  @SuppressWarnings("NullAway.Init")
  private Store store;

  private final Ids ids = Ids.random();
  private final OrganizationId organization = OrganizationId.from(ids);
  private final AccountId gone = AccountId.from(ids);
  private final AccountId other = AccountId.from(ids);

  @BeforeEach
  void open() {
    store = Store.open(folder);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Scan scan(AccountId account) {
    return store.write(t ->
        t.put(
            Tables.SCANS,
            new Scan(
                ScanId.from(ids),
                organization,
                account,
                RunStatus.RUNNING,
                0,
                List.of(),
                List.of(),
                Money.ZERO,
                null,
                NOW,
                null,
                0,
                List.of())));
  }

  private void chunk(AccountId account) {
    store.write(t -> {
      Chunks.packUndecided(account, ScanId.from(ids), List.of()).put(t);
      return t.put(Tables.FORGOTTEN, new Forgotten("scans", account.value(), 1, NOW));
    });
  }

  @Test
  void whatWasWrittenOfAnAccountThatIsGoneGoesAndWhatIsAnothersStays() {
    Scan late = scan(gone);
    Scan stays = scan(other);
    chunk(gone);
    chunk(other);
    var counted = store.write(t -> t.uproot(Tables.ACCOUNTS, gone.value()));
    assertThat(counted).containsEntry(Tables.SCANS, 1).containsEntry(Tables.CHUNKS, 1).hasSize(2);
    State state = store.state();
    assertThat(state.find(Tables.SCANS, late.id().value())).isEmpty();
    assertThat(state.find(Tables.SCANS, stays.id().value())).isPresent();
    assertThat(state.rows(Tables.CHUNKS).stream().map(Chunk::account)).containsExactly(other);
    assertThat(state.rows(Tables.FORGOTTEN).stream().map(Forgotten::owner))
        .containsExactly(other.value());
  }

  private NotificationTarget target(SecretId secret) {
    return store.write(t ->
        t.put(
            Tables.NOTIFICATION_TARGETS,
            new NotificationTarget(
                TargetId.from(ids),
                organization,
                null,
                null,
                NotificationTarget.Channel.WEBHOOK,
                "https://example.com",
                secret,
                List.of(),
                true,
                NOW)));
  }

  @Test
  void aSecretGoesWithTheLastRowThatNamesIt() {
    SecretId secret = SecretId.from(ids);
    store.write(t -> t.put(Tables.SECRETS, new SealedSecret(secret, organization, "sealed")));
    NotificationTarget one = target(secret);
    NotificationTarget last = target(secret);
    store.write(t -> t.uproot(Tables.NOTIFICATION_TARGETS, one.id().value()));
    assertThat(store.state().find(Tables.SECRETS, secret.value())).isPresent();
    store.write(t -> t.uproot(Tables.NOTIFICATION_TARGETS, last.id().value()));
    assertThat(store.state().find(Tables.SECRETS, secret.value())).isEmpty();
  }
}
