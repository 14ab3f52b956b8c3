package dev.steward.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.api.Nothing;
import dev.steward.api.Operation;
import dev.steward.api.Request;
import dev.steward.api.Served;
import dev.steward.model.CheckSettings;
import dev.steward.model.Role;
import dev.steward.model.User;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change that says what it is made on is made on that and on nothing else. */
final class ConditionsTest {
  record Wish(Boolean enabled, Double threshold) {}

  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Served served;

  @SuppressWarnings("NullAway.Init")
  private Wired wire;

  @SuppressWarnings("NullAway.Init")
  private String token;

  @BeforeEach
  void start() {
    served =
        new Served(
            folder,
            List.of(
                Operation.client("GET", "/rules/{id}", "test", "Read")
                    .gives(CheckSettings.class)
                    .answers(call -> find(call.own(), call)),
                Operation.client("PUT", "/rules/{id}", "test", "Write")
                    .takes(Wish.class)
                    .gives(CheckSettings.class)
                    .writes((call, t) ->
                        t.put(
                            Tables.CHECK_SETTINGS,
                            new CheckSettings(
                                call.organization(),
                                call.path("id"),
                                call.body().enabled(),
                                Map.of("x", call.body().threshold())))),
                Operation.client("DELETE", "/rules/{id}", "test", "End")
                    .writes((call, t) -> {
                      CheckSettings there = find(call.own(t), call);
                      t.remove(
                          Tables.CHECK_SETTINGS,
                          CheckSettings.key(there.organization(), there.check()));
                      return Nothing.NOTHING;
                    })));
    wire = new Wired(served.server.port());
    User user = served.user(Role.CLIENT);
    token = "Bearer " + served.tokens.issue(user);
  }

  private static CheckSettings find(Own own, Request call) {
    return own.get(Tables.CHECK_SETTINGS, CheckSettings.key(call.organization(), call.path("id")));
  }

  @AfterEach
  void stop() {
    wire.close();
    served.close();
  }

  private Wired.Got put(double threshold, String... headers) {
    return ask("PUT", "{\"enabled\":true,\"threshold\":" + threshold + "}", headers);
  }

  private Wired.Got ask(String method, String body, String... headers) {
    List<String> all = new ArrayList<>(List.of("Authorization", token));
    all.addAll(List.of(headers));
    return wire.ask(method, "/rules/a", body, all.toArray(String[]::new));
  }

  private String tag() {
    return ask("GET", "").header("ETag");
  }

  @Test
  void whoHasReadWhatIsThereChangesItAndWhoHasNotIsToldWhatIs() {
    assertThat(put(1).status()).isEqualTo(200);
    String first = tag();
    assertThat(put(2, "If-Match", first).status()).isEqualTo(200);
    Wired.Got stale = put(3, "If-Match", first);
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.text()).contains("urn:steward:problem:stale");
    assertThat(stale.header("ETag")).isEqualTo(tag()).isNotEqualTo(first);
    assertThat(ask("GET", "").text()).contains("\"x\":2.0");
    // What was read compressed is the same thing.
    String zipped = stale.header("ETag").replaceFirst("\"$", "-gzip\"");
    assertThat(put(4, "If-Match", "\"other\", " + zipped).status()).isEqualTo(200);
    // A weak name does not do for a change, and what is no name names nothing.
    assertThat(put(5, "If-Match", "W/" + tag()).status()).isEqualTo(412);
    assertThat(put(5, "If-Match", "nonsense").status()).isEqualTo(412);
    assertThat(put(5, "If-Match", "*").status()).isEqualTo(200);
    assertThat(put(6).status()).isEqualTo(200);
    assertThat(ask("DELETE", "", "If-Match", first).status()).isEqualTo(412);
    assertThat(ask("DELETE", "", "If-Match", tag()).status()).isEqualTo(204);
  }

  @Test
  void anyMeansThatThereIsSomethingAndNoneThatThereIsNot() {
    Wired.Got nothing = put(1, "If-Match", "*");
    assertThat(nothing.status()).isEqualTo(412);
    assertThat(nothing.header("ETag")).isEmpty();
    assertThat(put(1, "If-None-Match", "*").status()).isEqualTo(200);
    assertThat(put(2, "If-None-Match", "*").status()).isEqualTo(412);
  }

  @Test
  void ofTwoWhoHaveReadTheSameOneIsRight() {
    put(0);
    for (int round = 0; round < 20; round++) {
      String tag = tag();
      List<CompletableFuture<Integer>> writers = new ArrayList<>();
      for (int i = 1; i <= 6; i++) {
        double wish = round * 10 + i;
        writers.add(CompletableFuture.supplyAsync(() -> put(wish, "If-Match", tag).status()));
      }
      assertThat(writers.stream().map(CompletableFuture::join).sorted())
          .containsExactly(200, 412, 412, 412, 412, 412);
    }
  }
}
