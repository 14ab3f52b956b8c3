package dev.steward.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.model.CheckSettings;
import dev.steward.model.Exemption;
import dev.steward.model.ExemptionId;
import dev.steward.model.OrganizationId;
import dev.steward.model.Role;
import dev.steward.model.User;
import dev.steward.storage.Own;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import dev.steward.testing.ApiClient;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of a list answers as a list does of which nothing is kept. */
final class KeptPagesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final AtomicInteger SHOWN = new AtomicInteger();

  private static final Sorts<Exemption> SORTS =
      Sorts.<Exemption>of(Exemption::id)
          .time("until", Exemption::until)
          .text("author", Exemption::author)
          .text("resource", Exemption::resource)
          .first("-until");
  private static final QueryParameter<String> AUTHOR = QueryParameter.text("author");
  private static final QueryParameter<Integer> YOUNGER = QueryParameter.number("younger", 0, 9);

  record View(String id, String author, String reason, boolean enabled, Instant until) {}

  @TempDir private static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static Served served;

  private final OrganizationId mine = OrganizationId.from(served.ids);
  private final User user = served.user(mine, Role.CLIENT);
  private final ApiClient ann = served.as(user);

  @BeforeAll
  static void start() {
    served =
        new Served(
            folder,
            List.of(
                list("/kept")
                    .paged(Tables.EXEMPTIONS, List.of(Tables.CHECK_SETTINGS), KeptPagesTest::view),
                list("/found")
                    .paged((own, call) -> own.all(Tables.EXEMPTIONS), KeptPagesTest::seen)));
  }

  private static Listed<Exemption, View> list(String path) {
    return Operation.client("GET", path, "test", "Exemptions")
        .list(
            View.class,
            SORTS,
            ListFilter.by(AUTHOR, (e, author) -> author.equals(e.author())),
            ListFilter.by(YOUNGER, (e, days) -> e.until().isAfter(NOW.plusSeconds(days))));
  }

  private static View view(Own own, Exemption e) {
    SHOWN.incrementAndGet();
    return seen(own, e);
  }

  private static View seen(Own own, Exemption e) {
    boolean enabled =
        own.all(Tables.CHECK_SETTINGS).findFirst().map(CheckSettings::enabled).orElse(true);
    return new View(e.id().value(), e.author(), e.reason(), enabled, e.until());
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @BeforeEach
  void none() {
    SHOWN.set(0);
  }

  private Exemption exemption(OrganizationId whose, String author, int second, String reason) {
    return new Exemption(
        ExemptionId.from(served.ids),
        whose,
        "unattached_volume",
        null,
        second % 3 == 0 ? null : "r" + second,
        reason,
        NOW.plusSeconds(second),
        author,
        NOW);
  }

  private void write(Exemption row) {
    served.store.write(t -> t.put(Tables.EXEMPTIONS, row));
  }

  private String both(String query) {
    ApiClient.Answer kept = ann.get("/kept?" + query);
    ApiClient.Answer found = ann.get("/found?" + query);
    assertThat(kept.text()).as(query).isEqualTo(found.text());
    assertThat(kept.headers().firstValue("ETag"))
        .as(query)
        .isPresent()
        .isEqualTo(found.headers().firstValue("ETag"));
    return kept.text();
  }

  /** Whatever is written between any two pages. */
  @Test
  void answersAsThoughNothingWereKept() {
    Random random = new Random(11);
    List<String> sorts = List.of("until", "-until", "author", "-author", "resource", "-resource");
    List<String> filters = List.of("", "&author=a1", "&author=a2&younger=4", "&younger=2");
    OrganizationId theirs = OrganizationId.from(served.ids);
    List<Exemption> rows = new ArrayList<>();
    for (int round = 0; round < 120; round++) {
      int what = random.nextInt(6);
      OrganizationId whose = random.nextInt(4) == 0 ? theirs : mine;
      if (what <= 2 || rows.isEmpty()) {
        Exemption row = exemption(whose, "a" + random.nextInt(3), random.nextInt(9), "new");
        rows.add(row);
        write(row);
      } else if (what == 3) {
        Exemption gone = rows.remove(random.nextInt(rows.size()));
        served.store.write(t -> t.remove(Tables.EXEMPTIONS, gone.id().value()));
      } else if (what == 4) {
        boolean on = random.nextBoolean();
        served.store.write(
            t -> t.put(Tables.CHECK_SETTINGS, new CheckSettings(mine, "c", on, Map.of())));
      }
      String sort = sorts.get(random.nextInt(sorts.size()));
      String query =
          "sort="
              + sort
              + filters.get(random.nextInt(filters.size()))
              + "&limit="
              + (1 + random.nextInt(7));
      for (int again = 0; again < 3; again++) {
        String next = ann.get("/found?" + query).json().path("next").asText("");
        both(query);
        if (!next.isEmpty() && !next.equals("null")) both(query + "&after=" + next);
      }
    }
  }

  @Test
  void showsARowOnceWhileNeitherItNorWhatIsBesideChanges() {
    for (int i = 0; i < 5; i++) write(exemption(mine, "a", i, "as it was"));
    for (int i = 0; i < 4; i++) both("limit=4");
    assertThat(SHOWN).hasValue(4);
    write(exemption(mine, "a", 8, "the newest"));
    assertThat(both("limit=4")).contains("the newest");
    assertThat(SHOWN).hasValue(5);
    served.store.write(
        t -> t.put(Tables.CHECK_SETTINGS, new CheckSettings(mine, "c", false, Map.of())));
    assertThat(both("limit=4")).doesNotContain("\"enabled\":true");
    assertThat(SHOWN).hasValue(9);
  }

  /** Who reads an older state sees that one, whatever others have asked meanwhile. */
  @Test
  void anOlderStateIsShownAsItIs() {
    KeptPages<Exemption, View> pages =
        new KeptPages<>(Tables.EXEMPTIONS, List.of(Tables.CHECK_SETTINGS), KeptPagesTest::view);
    ListOrder<Exemption> order = java.util.Objects.requireNonNull(SORTS.named("until"));
    List<State> states = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      write(exemption(mine, "a", 9 - i, "r"));
      states.add(served.store.state());
    }
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      int which = random.nextInt(states.size());
      Own own = states.get(which).own(mine);
      assertThat(cut(pages, own, order))
          .as("state " + which)
          .isEqualTo(order.all(own.all(Tables.EXEMPTIONS)));
    }
  }

  @SuppressWarnings("NullAway") // What is kept does not depend on who calls.
  private static List<Exemption> cut(
      KeptPages<Exemption, View> pages, Own own, ListOrder<Exemption> order) {
    return pages.cut(own, null, order, List.of(), null, 100).rows();
  }

  /** What was acknowledged is on the next page that is asked for, whoever else asks and writes. */
  @Test
  void whoeverHasWrittenSeesIt() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> reading = new ArrayList<>();
      for (int i = 0; i < 4; i++)
        reading.add(
            others.submit(() -> {
              while (!over.get())
                assertThat(ann.get("/kept?limit=500").ok().findValuesAsText("id"))
                    .doesNotHaveDuplicates();
            }));
      for (int i = 0; i < 150; i++) {
        Exemption row = exemption(mine, "a", i, "mine");
        write(row);
        assertThat(ann.get("/kept?limit=500").text()).contains(row.id().value());
      }
      over.set(true);
      for (Future<?> reader : reading) reader.get();
    }
  }
}
