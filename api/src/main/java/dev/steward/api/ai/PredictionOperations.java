package dev.steward.api.ai;

import static dev.steward.api.Operation.client;

import dev.steward.api.Content;
import dev.steward.api.Invocation;
import dev.steward.api.ListFilter;
import dev.steward.api.Operation;
import dev.steward.api.QueryParameter;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.Sorts;
import dev.steward.api.Starts;
import dev.steward.domain.serve.Predictions;
import dev.steward.model.Prediction;
import dev.steward.model.Problem;
import dev.steward.model.RunStatus;
import dev.steward.model.Violation;
import dev.steward.model.job.Jobs;
import dev.steward.storage.Blobs;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Forecasts of whole data sets. */
public final class PredictionOperations {
  private final Blobs blobs;
  private final Predictions predictions;

  public PredictionOperations(Blobs blobs, Predictions predictions) {
    this.blobs = blobs;
    this.predictions = predictions;
  }

  /**
   * @param horizon steps ahead, 1 to 366
   */
  public record PredictionBody(@Rule(min = 1) String dataSet, Integer horizon) {}

  /**
   * @param done of {@code series}
   * @param answeredBy how many series each model or rule answered
   */
  public record PredictionView(
      String id,
      String dataSet,
      int horizon,
      RunStatus status,
      int done,
      int series,
      Map<String, Integer> answeredBy,
      @Nullable String detail,
      String user,
      Instant createdAt,
      @Nullable Instant endedAt) {}

  private static final Starts<Prediction> PREDICTION =
      Starts.of(
          Jobs.PREDICTION,
          Tables.PREDICTIONS,
          "/ai/predictions/{id}",
          (begun, now) -> now.status().isOver());
  private static final QueryParameter<RunStatus> STATUS =
      QueryParameter.constant("status", RunStatus.class);
  private static final Sorts<Prediction> SORTS =
      Sorts.<Prediction>of(Prediction::id)
          .time("created_at", Prediction::createdAt)
          .time("ended_at", Prediction::endedAt)
          .constant("status", Prediction::status)
          .first("-created_at");

  public List<Operation<?, ?>> operations() {
    return List.of(
        client("POST", "/ai/predictions", "ai", "Forecast every series of a data set")
            .takes(PredictionBody.class)
            .gives(PredictionView.class)
            .refuses(404)
            .starts(PREDICTION, this::request, (own, p) -> view(p)),
        client("GET", "/ai/predictions", "ai", "Batches of forecasts, the newest first")
            .list(PredictionView.class, SORTS, ListFilter.by(STATUS, (p, is) -> is == p.status()))
            .paged(Tables.PREDICTIONS, PredictionOperations::view),
        client("GET", "/ai/predictions/{id}", "ai", "How a batch of forecasts stands")
            .gives(PredictionView.class)
            .refuses(404)
            .answers(call -> view(find(call))),
        client("GET", "/ai/predictions/{id}/content", "ai", "The forecasts, as CSV")
            .givesFile("text/csv")
            .refuses(404, 409)
            .answers(this::content));
  }

  private static Prediction find(Request request) {
    return request.own().get(Tables.PREDICTIONS, request.path("id"));
  }

  private Prediction request(Invocation<PredictionBody> call, Transaction t) {
    PredictionBody body = call.body();
    if (body.horizon() < 1 || body.horizon() > 366)
      throw Problem.invalid(List.of(new Violation("horizon", "must be from 1 to 366")));
    return predictions.request(
        t, call.organization(), body.dataSet(), body.horizon(), call.principal().username());
  }

  private Content content(Request request) {
    String result = find(request).result();
    if (result == null) throw Problem.of(Problem.Type.CONFLICT, "the forecasts are not there yet");
    return Content.of("text/csv", blobs.get(result).orElseThrow(() -> Problem.notFound("result")))
        .named("forecasts.csv");
  }

  private static PredictionView view(Prediction p) {
    return new PredictionView(
        p.id().value(),
        p.dataSet().value(),
        p.horizon(),
        p.status(),
        p.done(),
        p.series(),
        new TreeMap<>(p.answeredBy()),
        p.detail(),
        p.user(),
        p.createdAt(),
        p.endedAt());
  }
}
