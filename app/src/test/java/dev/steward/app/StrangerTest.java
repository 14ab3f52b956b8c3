package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.api.Operation;
import dev.steward.storage.Table;
import dev.steward.storage.Tables;
import dev.steward.testing.ApiClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is another organization's is not there, whatever path it is asked for by. */
final class StrangerTest {
  /** What names no row that is anybody's. */
  private static final List<String> NOBODYS =
      List.of(
          "/admin/health/{component}",
          "/docs/{file}",
          "/waste/prices/books/{version}",
          "/waste/kinds/{kind}",
          "/api/2.0/mlflow-artifacts/artifacts/{run}/{+path}");

  @SuppressWarnings("NullAway.Init")
  private static WithoutTemporal platform;

  @SuppressWarnings("NullAway.Init")
  private static Map<Table<?>, String> belongings;

  @SuppressWarnings("NullAway.Init")
  private static ApiClient stranger;

  @BeforeAll
  static void start() {
    platform = new WithoutTemporal();
    belongings = Belongings.of(platform);
    stranger = platform.stranger();
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  /** The tables whose rows the path names, by the parameter. */
  private static String filled(
      Operation<?, ?> operation, Function<Table<?>, Optional<String>> name) {
    return Belongings.filled(operation.path(), name);
  }

  private static boolean namesRows(Operation<?, ?> operation) {
    return Belongings.PARAMETER
        .matcher(operation.path())
        .results()
        .anyMatch(parameter ->
            Belongings.table(operation.path().substring(0, parameter.end())).isPresent());
  }

  private static List<Operation<?, ?>> naming() {
    return platform.platform.http().operations().stream().filter(StrangerTest::namesRows).toList();
  }

  private static ApiClient.Answer ask(ApiClient client, Operation<?, ?> operation, String path) {
    return client.send(
        operation.method(),
        path,
        operation.body() == null ? null : "{\"role_arn\":\"arn:aws:iam::999988887777:role/x\"}",
        Map.of("Content-Type", "application/json"));
  }

  /** But for what is different for every request. */
  private static JsonNode said(ApiClient.Answer answer) {
    return ((ObjectNode) answer.json()).without("instance");
  }

  @Test
  void everyParameterOfEveryPathNamesTheRowsOfATable() {
    for (Operation<?, ?> operation : platform.platform.http().operations()) {
      Matcher parameter = Belongings.PARAMETER.matcher(operation.path());
      while (parameter.find()) {
        String upTo = operation.path().substring(0, parameter.end());
        assertThat(NOBODYS.contains(upTo) || Belongings.table(upTo).isPresent())
            .as(operation.method() + " " + upTo)
            .isTrue();
      }
    }
    for (Table<?> table : Tables.ALL)
      if (!table.paths().isEmpty()) assertThat(belongings).containsKey(table);
  }

  @Test
  void whatIsAnothersIsAnsweredAsWhatIsNotThere() {
    assertThat(naming()).hasSizeGreaterThan(50);
    for (Operation<?, ?> operation : naming()) {
      String path = filled(operation, table -> Optional.ofNullable(belongings.get(table)));
      ApiClient.Answer answer = ask(stranger, operation, path);
      ApiClient.Answer nothing = ask(stranger, operation, filled(operation, t -> Optional.empty()));
      assertThat(answer.status()).as(operation.method() + " " + path).isEqualTo(404);
      assertThat(nothing.status()).as(operation.method() + " nothing").isEqualTo(404);
      assertThat(said(answer)).as(operation.method() + " " + path).isEqualTo(said(nothing));
    }
  }

  @Test
  void noIdOpensAnythingToAStranger() {
    List<String> ids = new ArrayList<>(belongings.values());
    ids.add(Belongings.AWS_ACCOUNT);
    for (Operation<?, ?> operation : naming())
      for (String id : ids) {
        String path = filled(operation, table -> Optional.of(id));
        assertThat(ask(stranger, operation, path).status())
            .as(operation.method() + " " + path)
            .isEqualTo(404);
      }
  }

  @Test
  void whoseItIsSeesIt() {
    Map<String, Integer> seen = new HashMap<>();
    for (Operation<?, ?> operation : naming()) {
      if (!operation.method().equals("GET")) continue;
      String path = filled(operation, table -> Optional.ofNullable(belongings.get(table)));
      boolean found =
          List.of("test", "admin", "approver").stream()
              .map(user -> ask(platform.as(user), operation, path).status())
              .anyMatch(status -> status != 404 && status != 403);
      // No watch looks at the model, no discovery was begun, and the run has no such file.
      if (!path.matches(".*(/watch|/discovery|/x1)")) assertThat(found).as(path).isTrue();
      seen.merge(operation.path(), 1, Integer::sum);
    }
    assertThat(seen).hasSizeGreaterThan(15);
  }

  @Test
  void listsHoldNothingOfAnother() {
    String account = belongings.get(Tables.ACCOUNTS);
    assertThat(stranger.get("/client/accounts").ok()).isEmpty();
    assertThat(stranger.get("/waste/findings").ok().path("items")).isEmpty();
    assertThat(stranger.get("/waste/findings?account=" + account).status()).isEqualTo(404);
    assertThat(stranger.post("/waste/scans", Map.of("account", account)).status()).isEqualTo(404);
  }
}
