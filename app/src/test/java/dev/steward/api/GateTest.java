package dev.steward.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.api.auth.SigningKeys;
import dev.steward.api.auth.Tokens;
import dev.steward.model.Ids;
import dev.steward.model.OrganizationId;
import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import dev.steward.model.Role;
import dev.steward.model.User;
import dev.steward.model.UserId;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Secrets;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.WatchedClock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GateTest {
  private final Ids ids = Ids.random();
  private Instant wall = Instant.now();

  /** Whether Helidon Security is asked, or the token is known already. */
  @Test
  void aSessionIsNoneTheLessOneWhileTheClockIsNotSet(@TempDir Path folder) {
    WatchedClock clock = WatchedClock.of(() -> wall);
    User ann =
        new User(
            UserId.from(ids),
            OrganizationId.from(ids),
            "ann",
            null,
            "",
            List.of(Role.CLIENT),
            0,
            false,
            wall);
    try (Store store = Store.open(folder.resolve("data"))) {
      Secrets secrets = new Secrets(MasterKey.at(folder.resolve("key"), false), ids);
      SigningKeys keys = new SigningKeys(store, secrets, ids, clock);
      Tokens tokens = new Tokens(store, keys, ids, clock);
      store.write(t -> t.put(Tables.USERS, ann));
      Instant set = wall;
      Optional<String> session = Optional.of("Bearer " + tokens.issue(ann));
      Gate gate = new Gate(tokens);
      for (boolean known : new boolean[] {false, true}) {
        wall = Instant.EPOCH.plusSeconds(20);
        assertRefused(gate, session, Problem.Type.UNAVAILABLE);
        assertRefused(gate, Optional.of("Bearer x"), Problem.Type.UNAUTHENTICATED);
        wall = set;
        if (!known) assertThat(gate.authenticate(session).user()).isEqualTo(ann.id());
      }
    }
  }

  private static void assertRefused(Gate gate, Optional<String> session, Problem.Type type) {
    assertThatThrownBy(() -> gate.authenticate(session))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().type()).isEqualTo(type));
  }
}
