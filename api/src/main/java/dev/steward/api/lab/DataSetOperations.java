package dev.steward.api.lab;

import static dev.steward.api.Operation.client;

import dev.steward.api.Content;
import dev.steward.api.Invocation;
import dev.steward.api.ListFilter;
import dev.steward.api.Operation;
import dev.steward.api.QueryParameter;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.Sorts;
import dev.steward.api.Upload;
import dev.steward.api.client.AccountViews;
import dev.steward.domain.data.DataSets;
import dev.steward.domain.data.OwnSeries;
import dev.steward.domain.data.Series;
import dev.steward.domain.data.SeriesCsv;
import dev.steward.domain.data.SeriesJson;
import dev.steward.domain.data.SeriesParquet;
import dev.steward.model.Account;
import dev.steward.model.DataSet;
import dev.steward.model.DataSet.Frequency;
import dev.steward.model.Problem;
import dev.steward.model.Violation;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What models learn from. */
public final class DataSetOperations {
  private static final int LONGEST_NAME = 200;
  private static final int MOST_TEST = 50_000;

  /** As registered, and as it was called before. */
  private static final List<String> PARQUET =
      List.of("application/vnd.apache.parquet", "application/x-parquet", "application/parquet");

  private final DataSets dataSets;
  private final int most;

  /**
   * @param most bytes of an upload
   */
  public DataSetOperations(DataSets dataSets, int most) {
    this.dataSets = dataSets;
    this.most = most;
  }

  /**
   * @param account one only; every account of the organization if it is left out
   * @param source costs if it is left out
   * @param metric one only, such as cpu_hour; of metrics
   * @param testSteps newest steps that trainings are judged on once, at their end; 0 if it is left
   *     out
   */
  public record SnapshotBody(
      @Rule(min = 1, max = LONGEST_NAME) String name,
      @Rule(min = 1) @Nullable String account,
      @Nullable Source source,
      @Rule(min = 1, max = 60) @Nullable String metric,
      @Nullable Integer testSteps) {}

  /** What of an organization's own is frozen. */
  public enum Source {
    /** Dollars a day. */
    COSTS,
    /** The hourly metrics that the newest scans read. */
    METRICS
  }

  /**
   * @param digest SHA-256 of the series as they are kept, in hex
   * @param testSteps newest steps that trainings are judged on once, at their end
   * @param profile of the longest series, at most 100
   */
  public record DataSetView(
      String id,
      String name,
      Frequency frequency,
      String digest,
      String source,
      String lineage,
      int series,
      long values,
      int testSteps,
      Map<String, String> schema,
      List<DataSet.Profile> profile,
      String user,
      Instant createdAt) {}

  private static final QueryParameter<String> NAME =
      QueryParameter.text(
              "name", "[\\s\\S]*\\S[\\s\\S]*", "must have 1 to " + LONGEST_NAME + " characters")
          .needed();
  private static final QueryParameter<Frequency> FREQUENCY =
      QueryParameter.constant("frequency", Frequency.class).needed();
  private static final QueryParameter<Integer> TEST_STEPS =
      QueryParameter.number("test_steps", 0, MOST_TEST)
          .otherwise(0)
          .means("newest steps that trainings are judged on once, at their end");
  private static final Sorts<DataSet> SORTS =
      Sorts.<DataSet>of(DataSet::id)
          .time("created_at", DataSet::createdAt)
          .text("name", DataSet::name)
          .number("series", set -> (long) set.series())
          .number("values", DataSet::values)
          .first("-created_at");

  public List<Operation<?, ?>> operations() {
    return List.of(
        client("GET", "/lab/datasets", "lab", "The data sets, the newest first")
            .list(
                DataSetView.class,
                SORTS,
                ListFilter.by(
                    QueryParameter.constant("frequency", Frequency.class),
                    (set, frequency) -> frequency == set.frequency()))
            .paged(Tables.DATA_SETS, DataSetOperations::view),
        client(
                "POST",
                "/lab/datasets",
                "lab",
                "Upload series as CSV (id,v1,v2,… or id,timestamp,value), Parquet (id, timestamp, value) or"
                    + " JSON ([{id, start, values}])")
            .reads(NAME, FREQUENCY, TEST_STEPS)
            .takesBytes(most, MEDIA.toArray(String[]::new))
            .gives(DataSetView.class)
            .makes("/lab/datasets/{id}", DataSetView::id)
            .once(this::uploaded, this::add),
        client(
                "POST",
                "/lab/datasets/snapshot",
                "lab",
                "Freeze the organization's own daily costs or hourly metrics")
            .takes(SnapshotBody.class)
            .gives(DataSetView.class)
            .makes("/lab/datasets/{id}", DataSetView::id)
            .refuses(404)
            .once(this::snapshot, this::add),
        client("GET", "/lab/datasets/{id}", "lab", "A data set")
            .gives(DataSetView.class)
            .refuses(404)
            .answers(call -> view(find(call))),
        client("GET", "/lab/datasets/{id}/content", "lab", "The series of a data set, as CSV")
            .givesFile("text/csv")
            .refuses(404)
            .answers(call ->
                Content.of("text/csv", SeriesCsv.export(dataSets.series(find(call))))
                    .named("series.csv")));
  }

  private static DataSet find(Request request) {
    return request.own().get(Tables.DATA_SETS, request.path("id"));
  }

  private DataSets.Draft uploaded(Invocation<Upload> call) {
    byte[] bytes = call.body().bytes();
    Frequency frequency = call.get(FREQUENCY);
    String type = call.body().mediaType();
    // Where nobody says what it is, it is CSV.
    Form form =
        FORMS.stream()
            .filter(f -> f.types().stream().anyMatch(type::startsWith))
            .findFirst()
            .orElse(FORMS.getFirst());
    List<Series> series = form.parser().apply(bytes, frequency);
    String lineage = "uploaded as " + form.name();
    return draft(call.get(NAME), frequency, series, "upload", lineage, call.get(TEST_STEPS));
  }

  /** How series may come. */
  private record Form(
      String name, List<String> types, BiFunction<byte[], Frequency, List<Series>> parser) {}

  private static final List<Form> FORMS =
      List.of(
          new Form("CSV", List.of("text/csv", "application/csv"), SeriesCsv::parse),
          new Form("Parquet", PARQUET, SeriesParquet::parse),
          new Form("JSON", List.of("application/json"), SeriesJson::parse));

  private static final List<String> MEDIA =
      FORMS.stream().flatMap(form -> form.types().stream()).toList();

  private static void requireTest(List<Violation> wrong, int steps) {
    if (steps < 0 || steps > MOST_TEST)
      wrong.add(new Violation("test_steps", "must be from 0 to " + MOST_TEST));
  }

  private DataSets.Draft draft(
      String name,
      Frequency frequency,
      List<Series> series,
      String source,
      String lineage,
      int test) {
    return new DataSets.Draft(
        name, frequency, series, dataSets.keep(series), source, lineage, test);
  }

  private DataSetView add(Request request, Transaction t, DataSets.Draft draft) {
    return view(dataSets.add(t, request.organization(), draft, request.principal().username()));
  }

  private DataSets.Draft snapshot(Invocation<SnapshotBody> request) {
    SnapshotBody body = request.body();
    Own own = request.own();
    List<Account> accounts =
        body.account() == null
            ? own.all(Tables.ACCOUNTS).toList()
            : List.of(AccountViews.find(own, body.account()));
    boolean metrics = body.source() == Source.METRICS;
    int test = body.testSteps() == null ? 0 : body.testSteps();
    List<Violation> wrong = new ArrayList<>();
    if (body.metric() != null && !metrics)
      wrong.add(new Violation("metric", "is for source metrics only"));
    requireTest(wrong, test);
    if (!wrong.isEmpty()) throw Problem.invalid(wrong);
    List<Series> series =
        metrics
            ? OwnSeries.hourly(own.state(), accounts).stream()
                .filter(h -> body.metric() == null || h.metric().equals(body.metric()))
                .map(OwnSeries.Hourly::series)
                .toList()
            : OwnSeries.costs(own.state(), accounts);
    if (series.isEmpty())
      throw Problem.invalid(
          List.of(
              new Violation(
                  "account",
                  metrics
                      ? "there are no such hourly metrics yet; a scan reads them"
                      : "there are no costs yet; a discovery writes those of its day")));
    String from =
        (metrics
                ? "hourly metrics as the last scans read them of "
                : "daily costs at list price of ")
            + accounts.stream().map(a -> a.id().value()).toList();
    return metrics
        ? draft(body.name(), Frequency.HOURLY, series, "metrics", from, test)
        : draft(body.name(), Frequency.DAILY, series, "costs", from, test);
  }

  private static DataSetView view(DataSet d) {
    return new DataSetView(
        d.id().value(),
        d.name(),
        d.frequency(),
        d.digest(),
        d.source(),
        d.lineage(),
        d.series(),
        d.values(),
        d.testSteps(),
        d.schema(),
        d.profile(),
        d.user(),
        d.createdAt());
  }
}
