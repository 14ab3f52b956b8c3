package dev.steward.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.app.Described.Part;
import dev.steward.storage.State;
import dev.steward.storage.Table;
import dev.steward.storage.Tables;
import dev.steward.testing.ApiClient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What is another organization's is not there either where a body or a query names it: the answer
 * is the one to a name that nothing has, and nothing is written. Paths are {@link StrangerTest}'s.
 */
final class StrangersIdsTest {
  /** The texts that name rows, by their name in a request. */
  private static final Map<String, Table<?>> NAMES =
      Map.ofEntries(
          Map.entry("account", Tables.ACCOUNTS),
          Map.entry("change", Tables.CHANGES),
          Map.entry("data_set", Tables.DATA_SETS),
          Map.entry("experiment_id", Tables.EXPERIMENTS),
          Map.entry("experiment_ids", Tables.EXPERIMENTS),
          Map.entry("findings", Tables.FINDINGS),
          Map.entry("run", Tables.RUNS),
          Map.entry("run_id", Tables.RUNS),
          Map.entry("run_uuid", Tables.RUNS),
          Map.entry("runs", Tables.RUNS),
          Map.entry("to", Tables.USERS));

  /**
   * The texts that name no row of anybody's: words, times, names in AWS, and names that each
   * organization gives by itself. What is new to requests is put here or among {@link #NAMES}.
   */
  private static final Set<String> WORDS =
      Set.of(
          "access_key_id",
          "account_id",
          "action",
          "actor",
          "address",
          "after",
          "alias",
          "answer",
          "check",
          "comment",
          "current_password",
          "deleted",
          "description",
          "digest",
          "email",
          "environment",
          "experiment",
          "experiment_name",
          "filter",
          "format",
          "frequency",
          "from",
          "id",
          "instance_type",
          "job",
          "key",
          "kind",
          "limit",
          "max_results",
          "metric",
          "metric_key",
          "min_saving",
          "model",
          "month",
          "name",
          "new_name",
          "new_password",
          "order_by",
          "organization",
          "page_token",
          "password",
          "path",
          "plan_hash",
          "problem",
          "profile",
          "q",
          "reason",
          "region",
          "regions",
          "resource",
          "role_arn",
          "run_name",
          "run_view_type",
          "schema",
          "secret",
          "secret_access_key",
          "session_token",
          "sort",
          "source",
          "source_type",
          "state",
          "status",
          "subject",
          "tag",
          "test_steps",
          "title",
          "to",
          "type",
          "user_id",
          "username",
          "users",
          "what",
          "value",
          "version",
          "view_type",
          "when",
          "wish",
          "without_shadow",
          "zone");

  @SuppressWarnings("NullAway.Init")
  private static WithoutTemporal platform;

  @SuppressWarnings("NullAway.Init")
  private static Map<Table<?>, String> theirs;

  @SuppressWarnings("NullAway.Init")
  private static Map<Table<?>, String> own;

  @SuppressWarnings("NullAway.Init")
  private static ApiClient stranger;

  @SuppressWarnings("NullAway.Init")
  private static List<Described> operations;

  @BeforeAll
  static void start() {
    platform = new WithoutTemporal();
    theirs = new HashMap<>(Belongings.of(platform));
    theirs.put(Tables.USERS, "approver");
    stranger = platform.stranger();
    own = new HashMap<>(Belongings.of(platform, "stranger", "stranger", "111122223333"));
    own.put(Tables.USERS, "stranger");
    operations = Described.all(platform.anybody.get("/openapi.json").ok());
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  private static boolean isModel(Part part) {
    return part.of().path().matches(".*/(registered-models|model-versions)/.*")
        && !part.of().path().endsWith("/create")
        && part.name().equals("name");
  }

  private static boolean isNaming(Part part) {
    // A window, too, is from a time to another.
    if (part.name().equals("to")) return part.of().path().endsWith("/delegate");
    return NAMES.containsKey(part.name()) || isModel(part);
  }

  /** A time that bounds a list. */
  private static boolean isRange(Part part) {
    return part.name().endsWith("_after") || part.name().endsWith("_before");
  }

  /** Every text that names a row; what takes rows away comes last. */
  private static List<Part> naming() {
    return operations.stream()
        .flatMap(operation -> operation.parts().stream())
        .filter(StrangersIdsTest::isNaming)
        .sorted(Comparator.comparing(StrangersIdsTest::takesAway))
        .toList();
  }

  /** How much is gone afterwards. */
  private static int takesAway(Part part) {
    String path = part.of().path();
    if (path.matches(".*/registered-models/(delete|rename)")) return 3;
    if (path.matches(".*/(delete|rename)")) return 2;
    return part.of().method().equals("DELETE") ? 1 : 0;
  }

  private static Table<?> table(Part part) {
    return isModel(part) ? Tables.MODELS : requireNonNull(NAMES.get(part.name()));
  }

  /** Of the same form, and nobody's. */
  private static String nobodys(String id) {
    return id.length() < 8 ? id + "0" : id.substring(0, id.length() - 4) + "0zz0";
  }

  /** With the asker's own rows where the path names some. */
  private static String path(Described operation) {
    return Belongings.filled(operation.path(), table -> Optional.ofNullable(own.get(table)));
  }

  private static ApiClient.Answer ask(ApiClient client, Part part, String value) {
    String path = path(part.of());
    // Runs are compared with others.
    String asked = part.name().equals("runs") ? value + "," + own.get(Tables.RUNS) : value;
    if (part.inQuery()) path += part.of().query(part.name(), asked);
    boolean bodied = !part.of().body().isMissingNode();
    String body = bodied ? part.of().body(part.inQuery() ? List.of() : part.way(), value) : null;
    return client.send(part.of().method(), path, body, Map.of("Content-Type", "application/json"));
  }

  /** But for what is different for every request, and for the name that was asked for. */
  private static String said(ApiClient.Answer answer, String asked) {
    JsonNode json = answer.json();
    if (json instanceof ObjectNode object) object.remove("instance");
    return json.toString().replace(asked, "ASKED");
  }

  /** Every row that there is, but for what each request leaves. */
  private static Map<String, List<Object>> rows() {
    State state = platform.platform.store().state();
    Map<String, List<Object>> rows = new TreeMap<>();
    for (Table<?> table : Tables.ALL) {
      List<Object> all = new ArrayList<>();
      state.rows(table).stream().forEach(all::add);
      rows.put(table.name(), all);
    }
    return rows;
  }

  @Test
  void everyTextOfEveryRequestIsKnownToNameARowOrNothing() {
    Set<String> unknown = new TreeSet<>();
    for (Described operation : operations)
      for (Part part : operation.parts())
        if (!isNaming(part) && !isRange(part) && !WORDS.contains(part.name()))
          unknown.add(part.name());
    assertThat(unknown).isEmpty();
  }

  @Test
  void anothersIdIsAnsweredAsOneThatNothingHas() {
    assertThat(naming()).hasSizeGreaterThan(30);
    for (Part part : naming()) {
      String id = String.valueOf(theirs.get(table(part)));
      Map<String, List<Object>> before = rows();
      ApiClient.Answer answer = ask(stranger, part, id);
      assertThat(rows()).as(part + " wrote something").isEqualTo(before);
      ApiClient.Answer nothing = ask(stranger, part, nobodys(id));
      assertThat(answer.status()).as("%s: %s", part, answer.text()).isEqualTo(nothing.status());
      assertThat(said(answer, id)).as(part.toString()).isEqualTo(said(nothing, nobodys(id)));
    }
  }

  /** So what was compared was an answer to the id, and to nothing else that is wrong. */
  @Test
  void whoseItIsIsAnsweredOtherwise() {
    List<String> same = new ArrayList<>();
    for (Part part : naming()) {
      String id = String.valueOf(own.get(table(part)));
      ApiClient.Answer answer = ask(stranger, part, id);
      ApiClient.Answer nothing = ask(stranger, part, nobodys(id));
      if (answer.status() == nothing.status()
          && said(answer, id).equals(said(nothing, nobodys(id))))
        same.add(part + " " + answer.status() + " " + answer.text());
    }
    assertThat(same).isEmpty();
  }
}
