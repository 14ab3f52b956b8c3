package dev.steward.api.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.api.HttpJson;
import dev.steward.api.Served;
import dev.steward.domain.lab.Tracking;
import dev.steward.model.Ids;
import dev.steward.model.ProblemException;
import dev.steward.model.Role;
import dev.steward.testing.ApiClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MLflow's pages and errors, as its client reads them. */
final class MlflowTest {
  private static final String API = "/api/2.0/mlflow/experiments/";

  @TempDir private Path folder;

  private static List<String> ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "e:" + i).toList();
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Page(List<String> found, @Nullable String nextPageToken) {}

  private static JsonNode page(List<String> found, @Nullable Long most, @Nullable String token) {
    return HttpJson.MAPPER.valueToTree(
        Mlflow.page(found, most, 4, token, Function.identity(), Function.identity(), Page::new));
  }

  private static List<String> found(JsonNode page) {
    List<String> found = new ArrayList<>();
    page.path("found").forEach(one -> found.add(one.asText()));
    return found;
  }

  private static String token(JsonNode page) {
    assertThat(page.has("next_page_token")).isTrue();
    return page.path("next_page_token").asText();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 3, 9, 10, 11, 50_000})
  void everyOneThatWasFoundIsOnOnePage(long most) {
    List<String> seen = new ArrayList<>();
    JsonNode page = page(ids(0, 10), most, "");
    seen.addAll(found(page));
    while (page.has("next_page_token")) {
      page = page(ids(0, 10), most, token(page));
      seen.addAll(found(page));
    }
    assertThat(seen).isEqualTo(ids(0, 10));
  }

  @Test
  void aPageIsAsLongAsTheCallSaysWhereNobodySaysOtherwise() {
    assertThat(found(page(ids(0, 10), null, null))).isEqualTo(ids(0, 4));
    assertThat(page(ids(0, 4), null, null).has("next_page_token")).isFalse();
    assertThat(found(page(List.of(), null, null))).isEmpty();
  }

  @Test
  void goesOnBehindTheLastOneWhoeverComesOrGoes() {
    String token = token(page(ids(5, 20), 5L, null));
    assertThat(found(page(ids(0, 20), 3L, token))).as("came before it").isEqualTo(ids(10, 13));
    assertThat(found(page(ids(8, 20), 3L, token))).as("went before it").isEqualTo(ids(10, 13));
    List<String> without = new ArrayList<>(ids(5, 20));
    without.remove("e:19");
    assertThat(found(page(without, 3L, token))).isEqualTo(ids(10, 13));
    assertThat(found(page(ids(0, 3), 3L, token))).as("all that followed went").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 50_001, Long.MAX_VALUE, Long.MIN_VALUE})
  void aPageOutOfBoundsIsRefused(long most) {
    assertThatThrownBy(() -> page(ids(0, 10), most, null))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("max_results");
  }

  @ParameterizedTest
  @ValueSource(strings = {"!!", "a", "none", "x:e:1", "0:e:1", "-3:e:1", "5", "99999999999:e:1"})
  void aTokenThatIsNoneIsRefused(String token) {
    String given =
        token.contains(":") || token.equals("5")
            ? Base64.getUrlEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8))
            : token;
    assertThatThrownBy(() -> page(ids(0, 10), 3L, given))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("page_token");
  }

  @Test
  void aSearchGoesThroughEveryExperimentOfTheCallerWhileOneIsDeleted() {
    try (Served served = served()) {
      ApiClient ann = served.as(served.user(Role.CLIENT));
      ApiClient other = served.as(served.user(Role.CLIENT));
      Map<String, String> made = new HashMap<>();
      for (int i = 0; i < 7; i++) made.put("e" + i, make(ann, "e" + i));
      make(other, "theirs");
      JsonNode first = search(ann, "");
      assertThat(named(first)).containsExactly("e0", "e1", "e2");
      ann.post(API + "delete", Map.of("experiment_id", made.getOrDefault("e1", ""))).ok();
      JsonNode second = search(ann, token(first));
      assertThat(named(second)).containsExactly("e3", "e4", "e5");
      JsonNode third = search(ann, token(second));
      assertThat(named(third)).containsExactly("e6");
      assertThat(third.has("next_page_token")).isFalse();
    }
  }

  @Test
  void errorsAreToldInItsClientsWords() {
    try (Served served = served()) {
      ApiClient ann = served.as(served.user(Role.CLIENT));
      make(ann, "mine");
      String theirs = make(served.as(served.user(Role.CLIENT)), "theirs");
      assertError(ann.post(API + "create", Map.of("name", "mine")), 400, "RESOURCE_ALREADY_EXISTS");
      for (String id : List.of(theirs, "none"))
        assertError(ann.get(API + "get?experiment_id=" + id), 404, "RESOURCE_DOES_NOT_EXIST");
      assertError(ann.post(API + "create", Map.of()), 400, "INVALID_PARAMETER_VALUE");
      ApiClient.Answer nonsense = ann.get(API + "search?page_token=none&max_results=2");
      assertError(nonsense, 400, "INVALID_PARAMETER_VALUE");
      assertThat(nonsense.json().path("message").asText()).contains("page_token");
    }
  }

  private static void assertError(ApiClient.Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().path("error_code").asText()).isEqualTo(code);
    assertThat(answer.json().path("message").asText()).isNotEmpty();
  }

  private Served served() {
    Tracking tracking = new Tracking(Ids.random(), InstantSource.system());
    return new Served(folder, store -> new MlflowExperiments(store, tracking).operations());
  }

  private static String make(ApiClient user, String name) {
    return user.post(API + "create", Map.of("name", name)).ok().path("experiment_id").asText();
  }

  private static JsonNode search(ApiClient user, String token) {
    return user.post(
            API + "search",
            Map.of("max_results", 3, "order_by", List.of("name ASC"), "page_token", token))
        .ok();
  }

  private static List<String> named(JsonNode page) {
    return page.path("experiments").findValuesAsText("name");
  }
}
