package dev.steward.api.lab;

import static dev.steward.api.Operation.client;

import dev.steward.api.Operation;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.Sorts;
import dev.steward.api.Starts;
import dev.steward.api.lab.LabViews.ModelView;
import dev.steward.api.lab.LabViews.PromotionView;
import dev.steward.api.lab.LabViews.VersionView;
import dev.steward.domain.lab.Promotions;
import dev.steward.domain.lab.Registry;
import dev.steward.model.ModelVersion;
import dev.steward.model.ModelVersion.Stage;
import dev.steward.model.Problem;
import dev.steward.model.Promotion;
import dev.steward.model.RegisteredModel;
import dev.steward.model.job.Jobs;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The registry in our own words, and what is served. */
public final class ModelOperations {
  private final Registry registry;
  private final Promotions promotions;

  public ModelOperations(Registry registry, Promotions promotions) {
    this.registry = registry;
    this.promotions = promotions;
  }

  /**
   * @param withoutShadow why it should be served though it has not predicted for two horizons
   *     beside what is; approvers read it
   */
  public record PromoteBody(@Rule(min = 1, max = 500) @Nullable String withoutShadow) {}

  private static final Starts<Promotion> PROMOTION =
      Starts.of(
          Jobs.PROMOTION,
          Tables.PROMOTIONS,
          "/lab/promotions/{id}",
          (begun, now) -> now.status() != Promotion.Status.WAITING);
  private static final Sorts<RegisteredModel> MODELS =
      Sorts.<RegisteredModel>of(RegisteredModel::name)
          .text("name", RegisteredModel::name)
          .time("created_at", RegisteredModel::createdAt)
          .time("updated_at", RegisteredModel::updatedAt);
  private static final Sorts<ModelVersion> VERSIONS =
      Sorts.<ModelVersion>of(ModelVersion::version)
          .number("version", version -> (long) version.version())
          .constant("stage", ModelVersion::stage)
          .time("created_at", ModelVersion::createdAt)
          .first("-version");
  private static final Sorts<Promotion> PROMOTIONS =
      Sorts.<Promotion>of(Promotion::id)
          .time("created_at", Promotion::createdAt)
          .time("ended_at", Promotion::endedAt)
          .text("model", Promotion::model)
          .constant("status", Promotion::status)
          .first("-created_at");

  public List<Operation<?, ?>> operations() {
    return Stream.of(models(), promotions()).flatMap(List::stream).toList();
  }

  private List<Operation<?, ?>> models() {
    return List.of(
        client("GET", "/lab/models", "lab", "The registered models")
            .list(ModelView.class, MODELS)
            .paged(Tables.MODELS, ModelView::of),
        client("GET", "/lab/models/{name}", "lab", "A registered model")
            .gives(ModelView.class)
            .refuses(404)
            .answers(call -> ModelView.of(model(call.own(), call))),
        client(
                "GET",
                "/lab/models/{name}/versions",
                "lab",
                "The versions of a model, the newest first")
            .refuses(404)
            .list(VersionView.class, VERSIONS)
            .paged(
                (own, call) -> Registry.versions(own, model(own, call).name()),
                (own, version) -> VersionView.of(version)),
        client("GET", "/lab/models/{name}/versions/{version}", "lab", "A version of a model")
            .gives(VersionView.class)
            .refuses(404)
            .answers(call -> VersionView.of(version(call.own(), call))),
        client(
                "POST",
                "/lab/models/{name}/versions/{version}/archive",
                "lab",
                "Put a version away; it cannot be promoted any more")
            .gives(VersionView.class)
            .refuses(404, 409)
            .repeatable("what is put away stays so")
            .writes(this::archive));
  }

  private List<Operation<?, ?>> promotions() {
    return List.of(
        client(
                "POST",
                "/lab/models/{name}/versions/{version}/promote",
                "lab",
                "Ask people to let this version be served")
            .about(request -> version(request.own(), request))
            .takes(PromoteBody.class)
            .gives(PromotionView.class)
            .refuses(404, 409)
            .starts(
                PROMOTION,
                (call, t) ->
                    promotions.request(
                        t,
                        version(call.own(t), call),
                        call.user(call.own(t)),
                        call.body().withoutShadow()),
                (own, promotion) -> PromotionView.of(promotion)),
        client(
                "POST",
                "/lab/models/{name}/rollback",
                "lab",
                "Serve what was served before, at once")
            .gives(PromotionView.class)
            .refuses(404, 409)
            .once((call, t) ->
                PromotionView.of(
                    promotions.rollBack(t, model(call.own(t), call), call.principal().username()))),
        client(
                "GET",
                "/lab/promotions",
                "lab",
                "What people were asked to let be served, the newest first")
            .list(PromotionView.class, PROMOTIONS)
            .paged(Tables.PROMOTIONS, PromotionView::of),
        client("GET", "/lab/promotions/{id}", "lab", "How a promotion stands")
            .gives(PromotionView.class)
            .refuses(404)
            .answers(call -> PromotionView.of(call.own().get(Tables.PROMOTIONS, call.path("id")))));
  }

  static RegisteredModel model(Own own, Request request) {
    return Registry.model(own, request.path("name"));
  }

  static ModelVersion version(Own own, Request request) {
    String number = request.path("version");
    model(own, request);
    if (!number.matches("\\d{1,8}")) throw Problem.notFound(Tables.MODEL_VERSIONS.noun());
    return Registry.version(own, request.path("name"), Integer.parseInt(number));
  }

  private VersionView archive(Request request, Transaction t) {
    ModelVersion version = version(request.own(t), request);
    if (version.stage() == Stage.CHAMPION)
      throw Problem.of(Problem.Type.CONFLICT, "it is being served; promote another one first");
    if (version.stage() == Stage.SHADOW)
      throw Problem.of(Problem.Type.CONFLICT, "it is the shadow; stop that first");
    return VersionView.of(registry.stage(t, version, Stage.ARCHIVED));
  }
}
