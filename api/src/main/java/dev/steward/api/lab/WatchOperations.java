package dev.steward.api.lab;

import static dev.steward.api.Operation.client;
import static dev.steward.api.lab.ModelOperations.model;
import static dev.steward.api.lab.ModelOperations.version;

import dev.steward.api.Invocation;
import dev.steward.api.Operation;
import dev.steward.api.Request;
import dev.steward.api.lab.LabViews.ModelView;
import dev.steward.api.lab.LabViews.VersionView;
import dev.steward.domain.lab.Watches;
import dev.steward.ml.forecast.Backtest;
import dev.steward.model.Problem;
import dev.steward.model.RegisteredModel;
import dev.steward.model.Watch;
import dev.steward.storage.Own;
import dev.steward.storage.Transaction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How models that are served turn out, and what predicts beside them. */
public final class WatchOperations {
  private final Watches watches;

  public WatchOperations(Watches watches) {
    this.watches = watches;
  }

  /**
   * @param retrain whether drift starts a training on the own series as they are then
   */
  public record WatchBody(Boolean retrain) {}

  /**
   * A horizon whose outcomes are known.
   *
   * @param served the version; null for the rule
   * @param error the mean scaled error of what was served, and of the shadow
   */
  record RoundView(
      Instant origin,
      Instant end,
      @Nullable Integer served,
      @Nullable Integer shadow,
      int series,
      double error,
      double coverage,
      @Nullable Double shadowError,
      @Nullable Double shadowCoverage) {
    static RoundView of(Watch.Round r) {
      return new RoundView(
          r.origin(),
          r.end(),
          r.served() == 0 ? null : r.served(),
          r.shadow(),
          r.errors().length,
          Backtest.mean(r.errors()),
          r.coverage(),
          r.shadow() == null ? null : Backtest.mean(r.shadowErrors()),
          r.shadowCoverage());
    }
  }

  /**
   * The shadow beside what is served, over all its rounds.
   *
   * @param difference of the scaled errors, the shadow's first: below zero it is better
   * @param low and {@code high} of its 95 % interval (paired bootstrap, 10,000 draws)
   * @param shown whether it has predicted for as many horizons as a promotion asks for
   */
  record BesideView(
      int rounds,
      double difference,
      double low,
      double high,
      double p,
      boolean tie,
      boolean shown) {
    static BesideView of(Watches.Beside b) {
      return new BesideView(
          b.rounds(),
          b.difference().difference(),
          b.difference().low(),
          b.difference().high(),
          b.difference().p(),
          b.difference().tie(),
          b.rounds() >= Watches.ROUNDS);
    }
  }

  /**
   * @param due when the outcomes of what was said last are known; null if nothing waits
   * @param drift null before the first look
   */
  record WatchView(
      String model,
      @Nullable Integer served,
      @Nullable Integer shadow,
      @Nullable Instant due,
      @Nullable BesideView beside,
      Watch.@Nullable Drift drift,
      boolean retrain,
      @Nullable Instant retrainedAt,
      List<RoundView> rounds) {}

  public List<Operation<?, ?>> operations() {
    return List.of(
        client(
                "POST",
                "/lab/models/{name}/versions/{version}/shadow",
                "lab",
                "Let a version predict beside what is served; who asks is answered as before")
            .gives(VersionView.class)
            .refuses(404, 409)
            .repeatable("the same version is the shadow the second time")
            .writes((call, t) -> VersionView.of(watches.shadow(t, version(call.own(t), call)))),
        client("DELETE", "/lab/models/{name}/shadow", "lab", "End what predicts beside the model")
            .gives(ModelView.class)
            .refuses(404)
            .writes((call, t) -> ModelView.of(watches.stop(t, model(call.own(t), call)))),
        client(
                "GET",
                "/lab/models/{name}/watch",
                "lab",
                "How a model that is served turns out: rounds with outcomes, shadow, drift")
            .gives(WatchView.class)
            .refuses(404)
            .answers(call -> view(call.own(), call)),
        client("PUT", "/lab/models/{name}/watch", "lab", "Whether drift starts a training")
            .about(request -> model(request.own(), request))
            .takes(WatchBody.class)
            .gives(WatchView.class)
            .refuses(404, 409)
            // The view draws for its tests; no writer should wait for that.
            .writes(this::retrain, (call, watch) -> view(call.own(), call)));
  }

  private static WatchView view(Own own, Request request) {
    RegisteredModel model = model(own, request);
    Watch watch =
        Watches.find(own, model.name())
            .orElseThrow(
                () -> Problem.notFound("watch: nothing of this model is served or a shadow"));
    Integer shadow = watch.shadow();
    return new WatchView(
        model.name(),
        model.aliases().get("champion"),
        shadow,
        watch.due(),
        shadow == null ? null : Watches.beside(watch, shadow).map(BesideView::of).orElse(null),
        watch.drift(),
        watch.retrain(),
        watch.retrainedAt(),
        watch.rounds().reversed().stream().map(RoundView::of).toList());
  }

  private Watch retrain(Invocation<WatchBody> request, Transaction t) {
    RegisteredModel model = model(request.own(t), request);
    if (Watches.find(request.own(t), model.name()).isEmpty())
      throw Problem.of(Problem.Type.CONFLICT, "nothing of this model is served or a shadow");
    return watches.retrain(t, model, request.body().retrain());
  }
}
