package dev.steward.api.lab;

import static dev.steward.api.Operation.client;

import dev.steward.api.Operation;
import dev.steward.api.Operation.Shape;
import dev.steward.api.PageOf;
import dev.steward.api.Reply;
import dev.steward.api.Request;
import dev.steward.api.Rule;
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
import dev.steward.model.User;
import dev.steward.storage.Own;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The registry in our own words, and what is served. */
public final class ModelOperations {
  private final Store store;
  private final Registry registry;
  private final Promotions promotions;

  public ModelOperations(Store store, Registry registry, Promotions promotions) {
    this.store = store;
    this.registry = registry;
    this.promotions = promotions;
  }

  /**
   * @param withoutShadow why it should be served though it has not predicted for two horizons
   *     beside what is; approvers read it
   */
  public record PromoteBody(@Rule(min = 1, max = 500) @Nullable String withoutShadow) {}

  public List<Operation> operations() {
    return List.of(
        client("GET", "/lab/models", "lab", "The registered models")
            .gives(Shape.PAGE, ModelView.class)
            .query("limit", "after")
            .handle(this::models),
        client("GET", "/lab/models/{name}", "lab", "A registered model")
            .gives(ModelView.class)
            .answers(200, 404)
            .handle(r -> Reply.ok(ModelView.of(model(r.own(), r)))),
        client(
                "GET",
                "/lab/models/{name}/versions",
                "lab",
                "The versions of a model, the newest first")
            .gives(Shape.PAGE, VersionView.class)
            .query("limit", "after")
            .answers(200, 404)
            .handle(this::versions),
        client("GET", "/lab/models/{name}/versions/{version}", "lab", "A version of a model")
            .gives(VersionView.class)
            .answers(200, 404)
            .handle(r -> Reply.ok(VersionView.of(version(r.own(), r)))),
        client(
                "POST",
                "/lab/models/{name}/versions/{version}/promote",
                "lab",
                "Ask people to let this version be served")
            .takes(PromoteBody.class)
            .gives(PromotionView.class)
            .answers(202, 404, 409, 422)
            .handle(this::promote),
        client(
                "POST",
                "/lab/models/{name}/versions/{version}/archive",
                "lab",
                "Put a version away; it cannot be promoted any more")
            .gives(VersionView.class)
            .answers(200, 404, 409)
            .handle(this::archive),
        client(
                "POST",
                "/lab/models/{name}/rollback",
                "lab",
                "Serve what was served before, at once")
            .gives(PromotionView.class)
            .answers(200, 404, 409)
            .handle(this::rollBack),
        client(
                "GET",
                "/lab/promotions",
                "lab",
                "What people were asked to let be served, the newest first")
            .gives(Shape.PAGE, PromotionView.class)
            .query("limit", "after")
            .handle(this::promotions),
        client("GET", "/lab/promotions/{id}", "lab", "How a promotion stands")
            .gives(PromotionView.class)
            .answers(200, 404)
            .handle(this::promotion));
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

  private Reply models(Request request) {
    return Reply.ok(
        PageOf.sort(request, request.own().all(Tables.MODELS), RegisteredModel::name)
            .map(ModelView::of));
  }

  private Reply versions(Request request) {
    Own own = request.own();
    RegisteredModel model = model(own, request);
    return Reply.ok(
        PageOf.sort(
                request,
                Registry.versions(own, model.name()),
                v -> String.format(Locale.ROOT, "%09d", 999_999_999 - v.version()))
            .map(VersionView::of));
  }

  private Reply promote(Request request) {
    version(request.own(), request);
    String withoutShadow = request.body(PromoteBody.class).withoutShadow();
    return request.once(t -> {
      User user = request.user(request.own(t));
      Promotion asked =
          promotions.request(t, version(request.own(t), request), user, withoutShadow);
      return Reply.accepted(PromotionView.of(asked), "/lab/promotions/" + asked.id());
    });
  }

  private Reply archive(Request request) {
    return Reply.ok(
        store.write(t -> {
          ModelVersion version = version(request.own(t), request);
          if (version.stage() == Stage.CHAMPION)
            throw Problem.of(
                Problem.Type.CONFLICT, "it is being served; promote another one first");
          if (version.stage() == Stage.SHADOW)
            throw Problem.of(Problem.Type.CONFLICT, "it is the shadow; stop that first");
          return VersionView.of(registry.stage(t, version, Stage.ARCHIVED));
        }));
  }

  private Reply rollBack(Request request) {
    model(request.own(), request);
    return request.once(t ->
        Reply.ok(
            PromotionView.of(
                promotions.rollBack(
                    t, model(request.own(t), request), request.principal().username()))));
  }

  private Reply promotions(Request request) {
    return Reply.ok(
        PageOf.sort(
                request,
                request.own().all(Tables.PROMOTIONS),
                p -> PageOf.newest(p.createdAt(), p.id()))
            .map(PromotionView::of));
  }

  private Reply promotion(Request request) {
    return Reply.ok(PromotionView.of(request.own().get(Tables.PROMOTIONS, request.path("id"))));
  }
}
