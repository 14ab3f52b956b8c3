package dev.steward.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.model.DataKey;
import dev.steward.model.Ids;
import dev.steward.model.OrganizationId;
import dev.steward.model.SecretId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsTest {
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  private final Ids ids = Ids.random();
  private final OrganizationId organization = OrganizationId.from(ids);

  @TempDir Path folder;

  @Test
  void opensWhatItSealedAndWritesNothingInClear() throws Exception {
    MasterKey master = MasterKey.at(folder.resolve("master.key"), false);
    Secrets secrets = new Secrets(master, ids);
    SecretId id;
    try (Store store = Store.open(folder.resolve("data"))) {
      id = store.write(t -> secrets.seal(t, organization, SECRET.getBytes(StandardCharsets.UTF_8)));
    }
    try (Store store = Store.open(folder.resolve("data"))) {
      assertThat(new String(secrets.open(store.state(), id), StandardCharsets.UTF_8))
          .isEqualTo(SECRET);
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList())
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .doesNotContain(SECRET);
    }
  }

  @Test
  void opensEverySecretAfterTheMasterKeyWasRotated() {
    Secrets old = new Secrets(MasterKey.at(folder.resolve("old.key"), false), ids);
    MasterKey next = MasterKey.at(folder.resolve("next.key"), false);
    try (Store store = Store.open(folder.resolve("data"))) {
      SecretId id =
          store.write(t -> old.seal(t, organization, SECRET.getBytes(StandardCharsets.UTF_8)));
      store.write(t -> {
        old.rewrap(t, next);
        return id;
      });
      assertThat(new Secrets(next, ids).open(store.state(), id))
          .asString(StandardCharsets.UTF_8)
          .isEqualTo(SECRET);
      assertThatThrownBy(() -> old.open(store.state(), id))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void keepsTheKeyFileToItsOwnerAndRefusesToStartWithoutIt() throws Exception {
    Path file = folder.resolve("master.key");
    MasterKey made = MasterKey.at(file, false);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(MasterKey.at(file, true).id()).isEqualTo(made.id());
    Files.delete(file);
    assertThatThrownBy(() -> MasterKey.at(file, true))
        .isInstanceOf(StoreOpenException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void tellsAnotherMasterKeyFromTheRightOne() {
    Secrets right = new Secrets(MasterKey.at(folder.resolve("right.key"), false), ids);
    Secrets other = new Secrets(MasterKey.at(folder.resolve("other.key"), false), ids);
    try (Store store = Store.open(folder.resolve("data"))) {
      other.requireSameKey(store.state());
      store.write(t -> right.seal(t, organization, SECRET.getBytes(StandardCharsets.UTF_8)));
      right.requireSameKey(store.state());
      assertThatThrownBy(() -> other.requireSameKey(store.state()))
          .isInstanceOf(StoreOpenException.class)
          .hasMessageContaining("another one");
    }
  }

  /** As older versions wrapped it: opened as before, until it says that chains are signed. */
  @Test
  void aDataKeyOfBeforeIsTakenAndThenSaysThatChainsAreSigned() {
    MasterKey master = MasterKey.at(folder.resolve("master.key"), false);
    DataKeys keys = new DataKeys(master);
    byte[] wrapped =
        new Cipher256(master.derive("data keys"))
            .seal(new byte[32], organization.value().getBytes(StandardCharsets.US_ASCII));
    try (Store store = Store.open(folder.resolve("data"))) {
      store.write(t ->
          t.put(
              Tables.DATA_KEYS,
              new DataKey(organization, Base64.getEncoder().encodeToString(wrapped), master.id())));
      Secrets secrets = new Secrets(master, ids);
      SecretId id = store.write(t -> secrets.seal(t, organization, new byte[] {7}));
      assertThat(keys.anySigned(store.state())).isFalse();
      store.write(t -> {
        keys.sign(t);
        return id;
      });
      assertThat(keys.allSigned(store.state())).isTrue();
      secrets.requireSameKey(store.state());
      assertThat(secrets.open(store.state(), id)).containsExactly(7);
      MasterKey next = MasterKey.at(folder.resolve("next.key"), false);
      store.write(t -> {
        secrets.rewrap(t, next);
        return id;
      });
      assertThat(new DataKeys(next).allSigned(store.state())).isTrue();
      assertThat(keys.anySigned(store.state())).isFalse();
    }
  }

  @Test
  void findsADamagedBlob() throws Exception {
    Blobs blobs = new Blobs(folder);
    String digest = blobs.put("hello".getBytes(StandardCharsets.UTF_8));
    assertThat(blobs.get(digest)).isPresent();
    Files.writeString(folder.resolve(digest.substring(0, 2)).resolve(digest), "hullo");
    assertThatThrownBy(() -> blobs.get(digest)).hasMessageContaining("damaged");
    assertThat(blobs.delete(digest)).isTrue();
    assertThat(blobs.get(digest)).isEmpty();
  }
}
