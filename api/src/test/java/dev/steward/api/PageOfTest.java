package dev.steward.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Role;
import dev.steward.testing.ApiClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever goes through the pages sees every row once, whatever happens to the list meanwhile. */
final class PageOfTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static Served served;

  private static final Map<String, Row> ROWS = new ConcurrentHashMap<>();
  private static volatile Optional<Instant> forgotten = Optional.empty();

  record Row(String id, Instant at, String note, @Nullable Long worth) {}

  private static final Sorts<Row> SORTS =
      Sorts.<Row>of(Row::id)
          .time("at", Row::at)
          .text("note", Row::note)
          .number("worth", Row::worth)
          .first("-at")
          .also("age", "-at");
  private static final QueryParameter<Integer> LEAST = QueryParameter.number("least", 0, 100);

  @SuppressWarnings("NullAway.Init")
  private static ApiClient ann;

  @BeforeAll
  static void start() {
    served =
        new Served(
            folder,
            List.of(
                list("/rows").paged((own, call) -> ROWS.values().stream(), (own, row) -> row),
                Operation.client("GET", "/numbered", "test", "By number")
                    .list(
                        Row.class,
                        Sorts.<Row>of(row -> Long.parseLong(row.id())).time("at", Row::at))
                    .paged((own, call) -> ROWS.values().stream(), (own, row) -> row),
                list("/whole").whole((own, call) -> ROWS.values().stream(), (own, row) -> row),
                list("/csv")
                    .csv(rows -> rows.map(Row::id).collect(Collectors.joining("\n")))
                    .paged((own, call) -> ROWS.values().stream(), (own, row) -> row),
                list("/kept")
                    .forgetting((own, call) -> forgotten, (own, id) -> ROWS.containsKey(id))
                    .paged((own, call) -> ROWS.values().stream(), (own, row) -> row)));
    ann = served.as(served.user(Role.CLIENT));
  }

  private static Listed<Row, Row> list(String path) {
    return Operation.client("GET", path, "test", "Rows, the newest first")
        .list(
            Row.class,
            SORTS,
            ListFilter.by(LEAST, (row, least) -> row.worth() != null && row.worth() >= least));
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @BeforeEach
  void empty() {
    ROWS.clear();
    forgotten = Optional.empty();
  }

  /** The row r0007 is of the seventh second. */
  private static void rows(int from, int to) {
    IntStream.range(from, to).forEach(i -> put(name(i), BEGIN.plusSeconds(i), "as it was"));
  }

  private static String name(int number) {
    return String.format(Locale.ROOT, "r%04d", number);
  }

  private static void put(String id, Instant at, String note) {
    ROWS.put(id, new Row(id, at, note, null));
  }

  private static JsonNode page(int limit, @Nullable String after) {
    return ann.get("/rows?limit=" + limit + (after == null ? "" : "&after=" + after)).ok();
  }

  private static List<String> ids(JsonNode page) {
    return page.path("items").findValuesAsText("id");
  }

  private static String next(JsonNode page) {
    assertThat(page.path("next").isTextual()).as(page.toString()).isTrue();
    return page.path("next").asText();
  }

  private static List<String> walk(int limit, @Nullable String after) {
    List<String> seen = new ArrayList<>();
    for (JsonNode page = page(limit, after); ; page = page(limit, next(page))) {
      assertThat(ids(page)).hasSizeLessThanOrEqualTo(limit);
      seen.addAll(ids(page));
      assertThat(seen).doesNotHaveDuplicates();
      if (page.path("next").isNull()) return seen;
    }
  }

  private static List<String> newestFirst(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> name(to - 1 - (i - from))).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 10, 19, 20, 21, 500})
  void everyRowComesOnceAndInOrder(int limit) {
    rows(0, 20);
    assertThat(walk(limit, null)).isEqualTo(newestFirst(0, 20));
  }

  @Test
  void everyPageSaysHowManyThereAre() {
    rows(0, 7);
    ROWS.put("worthy", new Row("worthy", BEGIN, "as it was", 5L));
    String after = null;
    for (int page = 0; page < 3; page++) {
      JsonNode answer = page(3, after);
      assertThat(answer.path("total").asInt()).isEqualTo(8);
      after = answer.path("next").asText();
    }
    assertThat(ann.get("/rows?least=5").ok().path("total").asInt()).isEqualTo(1);
    assertThat(ann.get("/rows?at_before=2026-01-01T00:00:02Z").ok().path("total").asInt())
        .isEqualTo(3);
    assertThat(ann.get("/rows?least=6").ok().path("total").asInt()).isZero();
  }

  @Test
  void whatIsLookedForStandsInATextWhateverItsCase() {
    rows(0, 3);
    put("x1", BEGIN, "Größe ÄNDERN");
    put("x2", BEGIN, "% of _ all");
    for (String q : List.of("gr%C3%B6%C3%9Fe", "%C3%A4ndern", "GR%C3%96"))
      assertThat(ids(ann.get("/rows?q=" + q).ok())).as(q).containsExactly("x1");
    // No sign means anything but itself.
    assertThat(ids(ann.get("/rows?q=%25").ok())).containsExactly("x2");
    assertThat(ids(ann.get("/rows?q=.").ok())).isEmpty();
    assertThat(ann.get("/rows?q=as+it").ok().path("total").asInt()).isEqualTo(3);
    assertThat(ann.get("/whole?q=nowhere").ok()).isEmpty();
    // A list without texts has nothing to look through.
    assertThat(ann.get("/numbered?q=x").status()).isEqualTo(422);
  }

  @Test
  void aLastPageThatIsFullHasNoNext() {
    rows(0, 20);
    assertThat(page(20, null).path("next").isNull()).isTrue();
    assertThat(page(19, null).path("next").isTextual()).isTrue();
    ROWS.clear();
    assertThat(page(20, null).toString()).isEqualTo("{\"items\":[],\"next\":null,\"total\":0}");
  }

  @Test
  void rowsOfOneMomentAreToldApartByTheirIds() {
    for (int i = 0; i < 9; i++) put("tie" + i, BEGIN, "");
    put("young", BEGIN.plusMillis(1), "");
    put("old", BEGIN.minusMillis(1), "");
    assertThat(walk(2, null))
        .containsExactly(
            "young", "tie0", "tie1", "tie2", "tie3", "tie4", "tie5", "tie6", "tie7", "tie8", "old");
  }

  /** The tenth version of a policy comes behind the ninth. */
  @Test
  void idsThatAreNumbersAreOrderedAsNumbers() {
    for (int i = 8; i < 12; i++) put(Integer.toString(i), BEGIN, "");
    JsonNode page = ann.get("/numbered?limit=3").ok();
    assertThat(ids(page)).containsExactly("8", "9", "10");
    assertThat(ids(ann.get("/numbered?limit=3&after=" + next(page)).ok())).containsExactly("11");
  }

  @Test
  void rowsThatComeMeanwhileShiftNothing() {
    rows(10, 20);
    JsonNode first = page(4, null);
    rows(20, 30);
    put("behind", BEGIN, "comes behind the cursor");
    List<String> seen = new ArrayList<>(ids(first));
    seen.addAll(walk(4, next(first)));
    assertThat(seen).startsWith("r0019").endsWith("behind").hasSize(11).doesNotHaveDuplicates();
  }

  @Test
  void goesOnBehindARowThatIsGone() {
    rows(0, 10);
    JsonNode first = page(4, null);
    assertThat(ids(first)).last().isEqualTo("r0006");
    ROWS.remove("r0006");
    ROWS.remove("r0008");
    ROWS.remove("r0005");
    assertThat(walk(4, next(first))).containsExactly("r0004", "r0003", "r0002", "r0001", "r0000");
  }

  @Test
  void aRowThatChangesIsShownAsItIsAndOnce() {
    rows(0, 10);
    JsonNode first = page(4, null);
    put("r0008", BEGIN.plusSeconds(8), "changed");
    put("r0002", BEGIN.plusSeconds(2), "changed");
    JsonNode second = page(6, next(first));
    assertThat(ids(second)).isEqualTo(newestFirst(0, 6));
    assertThat(second.path("items").findValuesAsText("note"))
        .containsExactly(
            "as it was", "as it was", "as it was", "changed", "as it was", "as it was");
  }

  @Test
  void fiftyAreAPageWhereNobodySaysOtherwise() {
    rows(0, 60);
    assertThat(ids(ann.get("/rows").ok())).hasSize(50);
    assertThat(ids(ann.get("/rows?limit=&after=").ok())).hasSize(50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "501", "ten", "1.5", "99999999999", "%201", "0x10"})
  void aLimitOutOfBoundsIsRefused(String limit) {
    assertThat(refused("/rows?limit=" + limit, 422)).containsExactly("limit");
  }

  @ParameterizedTest
  @CsvSource({
    "rows, !!",
    "rows, YQ=",
    "rows, a",
    "rows, 'a b'",
    "rows, xyz",
    "rows, '[]'",
    "rows, '[\"-at\",1]'",
    "rows, '[\"-at\",true,\"x\"]'",
    "rows, '[\"-at\",99999999999999999999,\"x\"]'",
    "rows, '[\"colour\",1,\"x\"]'",
    "kept, !!",
    "kept, no slash",
    "kept, '[\"-at\",1.5,\"x\"]'"
  })
  void aCursorThatIsNoneIsRefused(String list, String cursor) {
    String text = cursor.startsWith("[") ? encoded(cursor) : cursor;
    assertThat(refused("/" + list + "?after=" + text.replace(" ", "%20"), 422))
        .containsExactly("after");
  }

  private static String cursor(Instant at, String id) {
    return encoded("[\"-at\"," + at.toEpochMilli() + ",\"" + id + "\"]");
  }

  private static String encoded(String position) {
    return Base64.getUrlEncoder().encodeToString(position.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> refused(String path, int status) {
    ApiClient.Answer answer = ann.get(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    return answer.json().path("violations").findValuesAsText("field");
  }

  @Test
  void aCursorToWhatIsForgottenIsNoEndOfTheList() {
    rows(0, 10);
    String gone = cursor(BEGIN.plusSeconds(4), "r0004");
    forgotten = Optional.of(BEGIN.plusSeconds(4));
    // It is there still: only others of its age went.
    assertThat(ids(ann.get("/kept?after=" + gone).ok())).isEqualTo(newestFirst(0, 4));
    for (int i = 0; i <= 4; i++) ROWS.remove(name(i));
    assertThat(refused("/kept?after=" + gone, 410)).isEmpty();
    String younger = cursor(BEGIN.plusSeconds(7), "gone too");
    assertThat(ids(ann.get("/kept?after=" + younger).ok()))
        .containsExactly("r0007", "r0006", "r0005");
  }

  private static List<String> sorted(String sort) {
    return ids(ann.get("/rows?sort=" + sort).ok());
  }

  private static void worth(String id, @Nullable Long worth) {
    ROWS.put(id, new Row(id, BEGIN, "", worth));
  }

  @Test
  void everyOrderGoesBothWaysAndWhatIsNotKnownComesLast() {
    worth("b", 2L);
    worth("a", 2L);
    worth("c", -3L);
    worth("n", null);
    assertThat(sorted("worth")).containsExactly("c", "a", "b", "n");
    assertThat(sorted("-worth")).containsExactly("a", "b", "c", "n");
    assertThat(sorted("age")).isEqualTo(sorted("-at"));
    assertThat(ann.get("/whole?sort=-worth").ok().findValuesAsText("id"))
        .containsExactly("a", "b", "c", "n");
    assertThat(ann.get("/csv?format=csv&sort=worth&limit=1").text()).isEqualTo("c\na\nb\nn");
  }

  @ParameterizedTest
  @ValueSource(strings = {"worth", "-worth", "note", "-at"})
  void aCursorGoesOnInItsOrder(String sort) {
    for (int i = 0; i < 9; i++) worth(name(i), i % 3 == 0 ? null : Long.valueOf(i % 4));
    List<String> all = sorted(sort);
    List<String> seen = new ArrayList<>();
    JsonNode page = ann.get("/rows?limit=2&sort=" + sort).ok();
    seen.addAll(ids(page));
    // Nobody need say the order again.
    for (boolean said = true; !page.path("next").isNull(); said = !said) {
      page = ann.get("/rows?limit=2&after=" + next(page) + (said ? "&sort=" + sort : "")).ok();
      seen.addAll(ids(page));
    }
    assertThat(seen).isEqualTo(all).hasSize(9);
  }

  @Test
  void aCursorOfAnotherOrderIsRefused() {
    rows(0, 9);
    String next = next(ann.get("/rows?limit=2&sort=worth").ok());
    assertThat(refused("/rows?sort=-worth&after=" + next, 422)).containsExactly("after");
  }

  @Test
  void aFilterLeavesOutAndPagesWhatIsLeft() {
    for (long i = 0; i < 9; i++) worth(name((int) i), i);
    JsonNode page = ann.get("/rows?least=5&limit=3&sort=worth").ok();
    assertThat(ids(page)).containsExactly("r0005", "r0006", "r0007");
    assertThat(ids(ann.get("/rows?least=5&after=" + next(page)).ok())).containsExactly("r0008");
  }

  @Test
  void aTimeBoundsAListWhereverItSortsIt() {
    rows(0, 9);
    String from = BEGIN.plusSeconds(3).toString();
    String until = BEGIN.plusSeconds(6).toString();
    for (String list : List.of("/rows", "/whole")) {
      JsonNode answer = ann.get(list + "?sort=at&at_after=" + from + "&at_before=" + until).ok();
      List<String> ids = list.equals("/whole") ? answer.findValuesAsText("id") : ids(answer);
      assertThat(ids).as(list).containsExactly("r0003", "r0004", "r0005");
    }
    // What ends one range begins the next.
    assertThat(ids(ann.get("/rows?limit=1&sort=at&at_after=" + until).ok()))
        .containsExactly("r0006");
    JsonNode first = ann.get("/rows?limit=2&sort=at&at_before=" + from).ok();
    assertThat(ids(first)).containsExactly("r0000", "r0001");
    assertThat(ids(ann.get("/rows?at_before=" + from + "&after=" + next(first)).ok()))
        .containsExactly("r0002");
    assertThat(refused("/rows?at_after=yesterday", 422)).containsExactly("at_after");
  }

  @Test
  void whatIsUnknownIsRefusedAllAtOnceWithTheNearestName() {
    ApiClient.Answer answer = ann.get("/rows?page=2&leest=1&sort=wurth&limit=0&after=xyz&least=a");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("violations").findValuesAsText("field"))
        .containsExactlyInAnyOrder("page", "leest", "sort", "limit", "after", "least");
    assertThat(answer.text())
        .contains("did you mean least?", "did you mean worth?", "from 0 to 100", "from 1 to 500");
    assertThat(refused("/rows?least=1&least=2", 422)).containsExactly("least");
  }
}
