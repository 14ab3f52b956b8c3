package dev.steward.api.ai;

import static dev.steward.api.Operation.client;

import dev.steward.api.Operation;
import dev.steward.api.Operation.Shape;
import dev.steward.api.PageOf;
import dev.steward.api.Reply;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.domain.serve.Predictions;
import dev.steward.model.Prediction;
import dev.steward.model.Problem;
import dev.steward.model.RunStatus;
import dev.steward.model.Violation;
import dev.steward.storage.Blobs;
import dev.steward.storage.Tables;
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

  public List<Operation> operations() {
    return List.of(
        client("POST", "/ai/predictions", "ai", "Forecast every series of a data set")
            .takes(PredictionBody.class)
            .gives(PredictionView.class)
            .answers(202, 404, 422)
            .handle(this::request),
        client("GET", "/ai/predictions", "ai", "Batches of forecasts, the newest first")
            .gives(Shape.PAGE, PredictionView.class)
            .query("limit", "after")
            .handle(this::list),
        client("GET", "/ai/predictions/{id}", "ai", "How a batch of forecasts stands")
            .gives(PredictionView.class)
            .answers(200, 404)
            .handle(r -> Reply.ok(view(find(r)))),
        client("GET", "/ai/predictions/{id}/content", "ai", "The forecasts, as CSV")
            .answers(200, 404, 409)
            .handle(this::content));
  }

  private Prediction find(Request request) {
    return request.own().get(Tables.PREDICTIONS, request.path("id"));
  }

  private Reply request(Request request) {
    PredictionBody body = request.body(PredictionBody.class);
    if (body.horizon() < 1 || body.horizon() > 366)
      throw Problem.invalid(List.of(new Violation("horizon", "must be from 1 to 366")));
    return request.once(t -> {
      Prediction asked =
          predictions.request(
              t,
              request.organization(),
              body.dataSet(),
              body.horizon(),
              request.principal().username());
      return Reply.accepted(view(asked), "/ai/predictions/" + asked.id());
    });
  }

  private Reply list(Request request) {
    return Reply.ok(
        PageOf.sort(
                request,
                request.own().all(Tables.PREDICTIONS),
                p -> PageOf.newest(p.createdAt(), p.id()))
            .map(PredictionOperations::view));
  }

  private Reply content(Request request) {
    Prediction prediction = find(request);
    String result = prediction.result();
    if (result == null) throw Problem.of(Problem.Type.CONFLICT, "the forecasts are not there yet");
    return new Reply(
        200,
        "text/csv",
        blobs.get(result).orElseThrow(() -> Problem.notFound("result")),
        Map.of("Content-Disposition", "attachment; filename=\"forecasts.csv\""));
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
