package dev.steward.api.lab;

import static dev.steward.api.Operation.client;

import dev.steward.api.Operation;
import dev.steward.api.Operation.Shape;
import dev.steward.api.PageOf;
import dev.steward.api.Reply;
import dev.steward.api.Request;
import dev.steward.api.Rule;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  public List<Operation> operations() {
    return List.of(
        client("GET", "/lab/datasets", "lab", "The data sets, the newest first")
            .gives(Shape.PAGE, DataSetView.class)
            .query("limit", "after")
            .handle(this::list),
        client(
                "POST",
                "/lab/datasets",
                "lab",
                "Upload series as CSV (id,v1,v2,… or id,timestamp,value), Parquet (id, timestamp, value) or"
                    + " JSON ([{id, start, values}])")
            .query("name", "frequency", "test_steps")
            .takesBytes(most)
            .gives(DataSetView.class)
            .answers(201, 413, 415, 422)
            .handle(this::upload),
        client(
                "POST",
                "/lab/datasets/snapshot",
                "lab",
                "Freeze the organization's own daily costs or hourly metrics")
            .takes(SnapshotBody.class)
            .gives(DataSetView.class)
            .answers(201, 404, 422)
            .handle(this::snapshot),
        client("GET", "/lab/datasets/{id}", "lab", "A data set")
            .gives(DataSetView.class)
            .answers(200, 404)
            .handle(r -> Reply.ok(view(find(r)))),
        client("GET", "/lab/datasets/{id}/content", "lab", "The series of a data set, as CSV")
            .answers(200, 404)
            .handle(this::content));
  }

  private DataSet find(Request request) {
    return request.own().get(Tables.DATA_SETS, request.path("id"));
  }

  private Reply list(Request request) {
    return Reply.ok(
        PageOf.sort(
                request,
                request.own().all(Tables.DATA_SETS),
                d -> PageOf.newest(d.createdAt(), d.id()))
            .map(DataSetOperations::view));
  }

  private Reply upload(Request request) {
    List<Violation> wrong = new ArrayList<>();
    String name = request.query("name").orElse("");
    if (name.isBlank() || name.length() > LONGEST_NAME)
      wrong.add(new Violation("name", "must have 1 to " + LONGEST_NAME + " characters"));
    Frequency frequency = null;
    try {
      frequency = Frequency.valueOf(request.query("frequency").orElse("").toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      wrong.add(new Violation("frequency", "must be hourly or daily"));
    }
    String steps = request.query("test_steps").orElse("0");
    int test = steps.matches("\\d{1,6}") ? Integer.parseInt(steps) : -1;
    requireTest(wrong, test);
    if (request.bytes().length == 0)
      wrong.add(new Violation("", "the body must be the series, as CSV, Parquet or JSON"));
    if (!wrong.isEmpty() || frequency == null) throw Problem.invalid(wrong);
    String type = request.header("Content-Type").orElse("text/csv").toLowerCase(Locale.ROOT);
    Form form =
        FORMS.stream()
            .filter(f -> f.types().stream().anyMatch(type::startsWith))
            .findFirst()
            .orElseThrow(() ->
                Problem.of(
                    Problem.Type.UNSUPPORTED_MEDIA,
                    "send the series as one of "
                        + FORMS.stream().map(f -> f.types().getFirst()).toList()));
    List<Series> series = form.parser().apply(request.bytes(), frequency);
    return add(request, name, frequency, series, "upload", "uploaded as " + form.name(), test);
  }

  /** How series may come. */
  private record Form(
      String name, List<String> types, BiFunction<byte[], Frequency, List<Series>> parser) {}

  private static final List<Form> FORMS =
      List.of(
          new Form("CSV", List.of("text/csv", "application/csv"), SeriesCsv::parse),
          new Form("Parquet", PARQUET, SeriesParquet::parse),
          new Form("JSON", List.of("application/json"), SeriesJson::parse));

  private static void requireTest(List<Violation> wrong, int steps) {
    if (steps < 0 || steps > MOST_TEST)
      wrong.add(new Violation("test_steps", "must be from 0 to " + MOST_TEST));
  }

  private Reply add(
      Request request,
      String name,
      Frequency frequency,
      List<Series> series,
      String source,
      String lineage,
      int test) {
    DataSets.Draft draft =
        new DataSets.Draft(name, frequency, series, dataSets.keep(series), source, lineage, test);
    return request.once(t ->
        Reply.of(
            201,
            view(dataSets.add(t, request.organization(), draft, request.principal().username()))));
  }

  private Reply snapshot(Request request) {
    SnapshotBody body = request.body(SnapshotBody.class);
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
        ? add(request, body.name(), Frequency.HOURLY, series, "metrics", from, test)
        : add(request, body.name(), Frequency.DAILY, series, "costs", from, test);
  }

  private Reply content(Request request) {
    return new Reply(
        200,
        "text/csv",
        SeriesCsv.export(dataSets.series(find(request))),
        Map.of("Content-Disposition", "attachment; filename=\"series.csv\""));
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
