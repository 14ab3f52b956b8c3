package dev.steward.api.ai;

import static dev.steward.api.Operation.client;

import dev.steward.api.Invocation;
import dev.steward.api.Operation;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.Sorts;
import dev.steward.api.client.AccountViews;
import dev.steward.domain.data.OwnSeries;
import dev.steward.domain.data.Series;
import dev.steward.domain.lab.Watches;
import dev.steward.domain.serve.Champions;
import dev.steward.domain.serve.Forecasts;
import dev.steward.ml.anomaly.Alarm;
import dev.steward.ml.anomaly.Detector;
import dev.steward.ml.anomaly.Observation;
import dev.steward.ml.forecast.QuantileForecast;
import dev.steward.model.Account;
import dev.steward.model.DataSet.Frequency;
import dev.steward.model.Problem;
import dev.steward.model.Violation;
import dev.steward.model.Watch;
import dev.steward.storage.Own;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers about series: one that is sent, or an account's daily costs. */
public final class AiOperations {
  static final int LONGEST = 20_000;
  private static final double LARGEST = 1e15;

  private final Forecasts forecasts;
  private final Champions champions;

  public AiOperations(Forecasts forecasts, Champions champions) {
    this.forecasts = forecasts;
    this.champions = champions;
  }

  /**
   * @param account whose daily costs at list price are meant; or else {@code values}
   * @param values oldest first, null where there is none, 1 to 20,000
   * @param frequency of the values
   * @param start of the first value; dates are told only if it is given
   * @param horizon steps ahead, 1 to 366; a model's own if it is left out
   * @param budget when will the sum since the start of the month pass it? Of daily series only
   * @param explain whether to tell which weeks of the history matter
   */
  public record ForecastBody(
      @Rule(min = 1) @Nullable String account,
      @Rule(min = 1, max = LONGEST) @Nullable List<Double> values,
      @Nullable Frequency frequency,
      @Nullable Instant start,
      @Nullable Integer horizon,
      @Nullable Double budget,
      @Nullable Boolean explain) {}

  public record AnomalyBody(
      @Rule(min = 1) @Nullable String account,
      @Rule(min = 1, max = LONGEST) @Nullable List<Double> values,
      @Nullable Frequency frequency,
      @Nullable Instant start) {}

  /**
   * @param at null if the series has no start
   * @param quantiles by level: 0.025 to 0.975
   */
  record StepView(int step, @Nullable Instant at, double median, Map<String, Double> quantiles) {}

  /**
   * @param model the registered model, or the rule that answered
   * @param version null for a rule
   * @param refusal why the champion did not answer
   * @param explanation by week of the history, the share it has in the forecast
   * @param month null unless the series is daily and has a start
   */
  record ForecastView(
      String model,
      @Nullable Integer version,
      @Nullable String refusal,
      Frequency frequency,
      List<StepView> steps,
      Map<String, Double> explanation,
      @Nullable MonthEnd month) {}

  /**
   * @param score 0 for usual
   * @param kind range, change or level; or forecast where a champion was asked along the way
   */
  record AnomalyView(
      int index,
      @Nullable Instant at,
      double value,
      double score,
      Observation.Kind kind,
      String explanation) {}

  /**
   * @param scored how many values were looked at
   * @param missing how many had none
   */
  record AnomaliesView(int scored, int missing, List<AnomalyView> anomalies) {}

  /**
   * @param alias champion, or shadow for what only predicts beside it
   * @param milliseconds mean time of an answer; null before the first
   * @param drift as of the last daily look; null before the first
   */
  record ServingView(
      String model,
      int version,
      String alias,
      Instant since,
      long asked,
      @Nullable Double milliseconds,
      Watch.@Nullable Drift drift) {}

  private static final Sorts<ServingView> SORTS =
      Sorts.<ServingView>of(view -> view.model() + "/" + view.alias() + "/" + view.version())
          .text("model", ServingView::model)
          .time("since", ServingView::since)
          .number("asked", ServingView::asked);

  public List<Operation<?, ?>> operations() {
    return List.of(
        client("POST", "/ai/forecasts", "ai", "Forecast a series, with quantiles")
            .takes(ForecastBody.class)
            .gives(ForecastView.class)
            .refuses(404)
            .repeatable("it only computes")
            .answers(this::forecast),
        client("POST", "/ai/anomalies", "ai", "What is unusual in a series, and why")
            .takes(AnomalyBody.class)
            .gives(AnomaliesView.class)
            .refuses(404)
            .repeatable("it only computes")
            .answers(this::anomalies),
        client(
                "GET",
                "/ai/models",
                "ai",
                "The models in memory: since when, how often asked, how fast, whether they drift")
            .list(ServingView.class, SORTS)
            .whole((own, call) -> models(own), (own, view) -> view));
  }

  /** A series with what is known of its time. */
  private record Asked(double[] values, Frequency frequency, @Nullable Instant start) {
    @Nullable Instant at(int index) {
      Duration step = frequency == Frequency.HOURLY ? Duration.ofHours(1) : Duration.ofDays(1);
      return start == null ? null : start.plus(step.multipliedBy(index));
    }
  }

  private Asked asked(
      Request request,
      @Nullable String account,
      @Nullable List<Double> values,
      @Nullable Frequency frequency,
      @Nullable Instant start) {
    if (account != null && values == null) return costs(request, account);
    List<Violation> wrong = new ArrayList<>();
    if (values == null || account != null)
      wrong.add(new Violation("values", "or account is required, and not both"));
    else if (values.stream().allMatch(v -> v.isNaN()))
      wrong.add(new Violation("values", "must have at least one number"));
    else
      for (int i = 0; i < values.size() && wrong.size() < 20; i++)
        if (Math.abs(values.get(i)) > LARGEST)
          wrong.add(new Violation("values[" + i + "]", "must be from -1e15 to 1e15"));
    if (frequency == null && account == null)
      wrong.add(new Violation("frequency", "is required with values"));
    if (!wrong.isEmpty() || values == null || frequency == null) throw Problem.invalid(wrong);
    return new Asked(values.stream().mapToDouble(Double::doubleValue).toArray(), frequency, start);
  }

  private Asked costs(Request request, String id) {
    Own own = request.own();
    Account account = AccountViews.find(own, id);
    Optional<Series> series =
        OwnSeries.costs(own.state(), List.of(account)).stream()
            .filter(s -> s.id().equals(account.id().value()))
            .findFirst();
    return series
        .map(s -> new Asked(s.values(), Frequency.DAILY, s.start()))
        .orElseThrow(() ->
            Problem.invalid(
                List.of(
                    new Violation(
                        "account", "has no costs yet; a discovery writes those of its day"))));
  }

  private ForecastView forecast(Invocation<ForecastBody> request) {
    ForecastBody body = request.body();
    Asked asked = asked(request, body.account(), body.values(), body.frequency(), body.start());
    int horizon =
        body.horizon() != null ? body.horizon() : asked.frequency() == Frequency.HOURLY ? 48 : 56;
    List<Violation> wrong = new ArrayList<>();
    if (horizon < 1 || horizon > 366) wrong.add(new Violation("horizon", "must be from 1 to 366"));
    Double budget = body.budget();
    if (budget != null && !(budget > 0 && budget < LARGEST))
      wrong.add(new Violation("budget", "must be above 0"));
    if (budget != null && (asked.frequency() != Frequency.DAILY || asked.start() == null))
      wrong.add(new Violation("budget", "is for daily series with a start"));
    if (!wrong.isEmpty()) throw Problem.invalid(wrong);
    Forecasts.Answer answer =
        forecasts.forecast(
            request.organization(),
            asked.frequency(),
            asked.values(),
            horizon,
            Boolean.TRUE.equals(body.explain()));
    return new ForecastView(
        answer.model(),
        answer.version() == 0 ? null : answer.version(),
        answer.refusal(),
        asked.frequency(),
        steps(asked, answer.forecast()),
        answer.explanation(),
        asked.start() == null || asked.frequency() != Frequency.DAILY
            ? null
            : MonthEnd.of(asked.values(), asked.start(), answer.forecast(), budget));
  }

  private static List<StepView> steps(Asked asked, QuantileForecast forecast) {
    double[] median = forecast.median();
    List<StepView> steps = new ArrayList<>();
    for (int step = 0; step < median.length; step++) {
      Map<String, Double> quantiles = new LinkedHashMap<>();
      for (int q = 0; q < forecast.levels().length; q++)
        quantiles.put(String.valueOf(forecast.levels()[q]), forecast.values()[step][q]);
      steps.add(
          new StepView(step + 1, asked.at(asked.values().length + step), median[step], quantiles));
    }
    return steps;
  }

  private AnomaliesView anomalies(Invocation<AnomalyBody> request) {
    AnomalyBody body = request.body();
    Asked asked = asked(request, body.account(), body.values(), body.frequency(), body.start());
    Detector detector = new Detector(asked.frequency() == Frequency.HOURLY ? 24 : 1);
    double[] expected =
        forecasts.expected(request.organization(), asked.frequency(), asked.values());
    Alarm alarm = new Alarm();
    List<AnomalyView> found = new ArrayList<>();
    int missing = 0;
    for (int i = 0; i < asked.values().length; i++) {
      Observation seen = detector.next(asked.values()[i], expected[i]);
      if (seen.kind() == Observation.Kind.MISSING) missing++;
      if (alarm.at(seen.score()))
        found.add(
            new AnomalyView(
                i, asked.at(i), seen.value(), seen.score(), seen.kind(), seen.explanation()));
    }
    return new AnomaliesView(asked.values().length - missing, missing, found);
  }

  private Stream<ServingView> models(Own own) {
    return champions.serving(own.organization()).stream()
        .map(s ->
            new ServingView(
                s.model(),
                s.version(),
                s.alias(),
                s.since(),
                s.asked(),
                s.milliseconds(),
                Watches.find(own, s.model()).map(Watch::drift).orElse(null)));
  }
}
