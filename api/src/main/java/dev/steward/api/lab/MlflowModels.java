package dev.steward.api.lab;

import static dev.steward.api.lab.Mlflow.operation;

import dev.steward.api.Operation;
import dev.steward.api.Reply;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.lab.Mlflow.Entry;
import dev.steward.domain.lab.Filter;
import dev.steward.domain.lab.Order;
import dev.steward.domain.lab.Registry;
import dev.steward.model.ModelVersion;
import dev.steward.model.RegisteredModel;
import dev.steward.storage.Own;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The registry as MLflow's client asks for it. */
public final class MlflowModels {

  private final Store store;
  private final Registry registry;

  public MlflowModels(Store store, Registry registry) {
    this.store = store;
    this.registry = registry;
  }

  record NewModel(
      @Rule(max = Mlflow.NAME) String name,
      @Nullable List<Entry> tags,
      @Rule(max = Mlflow.TEXT) @Nullable String description) {}

  record ModelRef(@Rule(max = Mlflow.NAME) String name) {}

  record NewVersion(
      @Rule(max = Mlflow.NAME) String name,
      @Rule(max = Mlflow.TEXT) String source,
      @Nullable String runId,
      @Nullable List<Entry> tags,
      @Rule(max = Mlflow.TEXT) @Nullable String description) {}

  record VersionRef(
      @Rule(max = Mlflow.NAME) String name,
      @Rule(pattern = "\\d{1,8}", message = "must be a number") String version) {}

  record Described(
      @Rule(max = Mlflow.NAME) String name,
      @Nullable String version,
      @Rule(max = Mlflow.TEXT) @Nullable String description) {}

  record Tagged(
      @Rule(max = Mlflow.NAME) String name,
      @Nullable String version,
      @Rule(max = Mlflow.NAME) String key,
      @Rule(max = Mlflow.TEXT) @Nullable String value) {}

  record Aliased(
      @Rule(max = Mlflow.NAME) String name,
      @Rule(max = Mlflow.NAME) String alias,
      @Nullable String version) {}

  record Search(
      @Rule(max = Mlflow.TEXT) @Nullable String filter,
      @Nullable Object maxResults,
      @Nullable List<String> orderBy,
      @Rule(max = Mlflow.NAME) @Nullable String pageToken) {}

  public List<Operation> operations() {
    return List.of(
        operation("POST", "registered-models/create", "name a model", NewModel.class, this::create),
        operation("GET", "registered-models/get", "a model", null, this::get),
        operation("GET", "registered-models/search", "search models", null, this::search),
        operation(
            "PATCH",
            "registered-models/update",
            "describe a model",
            Described.class,
            this::describe),
        operation(
            "DELETE",
            "registered-models/delete",
            "delete a model with its versions",
            ModelRef.class,
            this::delete),
        operation(
            "POST", "registered-models/set-tag", "tag a model", Tagged.class, r -> tag(r, true)),
        operation(
            "DELETE",
            "registered-models/delete-tag",
            "take a tag off a model",
            Tagged.class,
            r -> tag(r, false)),
        operation(
            "POST",
            "registered-models/alias",
            "point an alias at a version",
            Aliased.class,
            this::alias),
        operation(
            "DELETE",
            "registered-models/alias",
            "take an alias away",
            Aliased.class,
            this::unalias),
        operation(
            "GET",
            "registered-models/alias",
            "the version an alias points at",
            null,
            this::aliased),
        operation(
            "POST",
            "registered-models/get-latest-versions",
            "the newest version",
            ModelRef.class,
            this::latest),
        operation(
            "POST",
            "model-versions/create",
            "register a version",
            NewVersion.class,
            this::createVersion),
        operation("GET", "model-versions/get", "a version", null, this::version),
        operation("GET", "model-versions/search", "search versions", null, this::searchVersions),
        operation(
            "PATCH",
            "model-versions/update",
            "describe a version",
            Described.class,
            this::describeVersion),
        operation(
            "DELETE",
            "model-versions/delete",
            "delete a version",
            VersionRef.class,
            this::deleteVersion),
        operation(
            "POST",
            "model-versions/set-tag",
            "tag a version",
            Tagged.class,
            r -> tagVersion(r, true)),
        operation(
            "DELETE",
            "model-versions/delete-tag",
            "take a tag off a version",
            Tagged.class,
            r -> tagVersion(r, false)),
        // Models of MLflow 3 that belong to no registered name are not kept; the client asks for
        // them whenever it lists files.
        operation(
            "POST",
            "logged-models/search",
            "models without a name: never any",
            null,
            r -> Reply.ok(Map.of("models", List.of()))),
        operation(
            "GET",
            "model-versions/get-download-uri",
            "where a version's files are",
            null,
            this::download));
  }

  private Reply create(Request request) {
    NewModel body = request.body(NewModel.class);
    return one(
        store.write(t ->
            registry.create(
                t,
                request.organization(),
                body.name(),
                text(body.description()),
                Mlflow.entries(body.tags()))));
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private Reply one(RegisteredModel model) {
    return Reply.ok(
        Map.of("registered_model", view(store.state().own(model.organization()), model)));
  }

  private static Map<String, Object> view(Own own, RegisteredModel model) {
    Optional<ModelVersion> last =
        Registry.versions(own, model.name()).reduce((earlier, later) -> later);
    return Mlflow.view(model, last.stream().toList());
  }

  private Reply versioned(ModelVersion version) {
    RegisteredModel model =
        Registry.model(store.state().own(version.organization()), version.name());
    return Reply.ok(Map.of("model_version", Mlflow.view(version, model)));
  }

  private static RegisteredModel model(Transaction t, Request request, String name) {
    return Registry.model(request.own(t), name);
  }

  private static ModelVersion version(Own own, String name, @Nullable String version) {
    return Registry.version(own, name, number(version));
  }

  private static int number(@Nullable String version) {
    if (version == null || !version.matches("\\d{1,8}"))
      throw Mlflow.invalid("version", "must be a number");
    return Integer.parseInt(version);
  }

  private Reply get(Request request) {
    return one(Registry.model(request.own(), request.query(ModelRef.class).name()));
  }

  private Reply search(Request request) {
    Search search = request.query(Search.class);
    Filter filter = Filter.parse(search.filter());
    Own own = request.own();
    List<RegisteredModel> found =
        own.all(Tables.MODELS)
            .filter(m -> filter.matches(Registry.subject(m)))
            .sorted(
                Order.by(
                    Mlflow.orEmpty(search.orderBy()),
                    Registry::subject,
                    Comparator.comparing(RegisteredModel::name)))
            .toList();
    return Reply.ok(
        Mlflow.page(
            "registered_models",
            found,
            most(search),
            100,
            search.pageToken(),
            RegisteredModel::name,
            m -> view(own, m)));
  }

  private static @Nullable Long most(Search search) {
    Object most = search.maxResults();
    if (most == null) return null;
    if (!most.toString().matches("\\d{1,6}"))
      throw Mlflow.invalid("max_results", "must be a whole number");
    return Long.valueOf(most.toString());
  }

  private Reply describe(Request request) {
    Described body = request.body(Described.class);
    return one(
        store.write(t -> {
          RegisteredModel model = model(t, request, body.name());
          return registry.describe(t, model, text(body.description()), model.tags());
        }));
  }

  private Reply delete(Request request) {
    ModelRef body = request.body(ModelRef.class);
    store.write(t -> {
      registry.delete(t, model(t, request, body.name()));
      return true;
    });
    return Mlflow.done();
  }

  private static UnaryOperator<Map<String, String>> tagging(Tagged body, boolean set) {
    return before -> {
      Map<String, String> tags = new TreeMap<>(before);
      if (set) tags.put(body.key(), text(body.value()));
      else tags.remove(body.key());
      return tags;
    };
  }

  private Reply tag(Request request, boolean set) {
    Tagged body = request.body(Tagged.class);
    store.write(t -> {
      RegisteredModel model = model(t, request, body.name());
      return registry.describe(
          t, model, model.description(), tagging(body, set).apply(model.tags()));
    });
    return Mlflow.done();
  }

  private Reply tagVersion(Request request, boolean set) {
    Tagged body = request.body(Tagged.class);
    store.write(t -> {
      ModelVersion version = version(request.own(t), body.name(), body.version());
      return registry.describe(
          t, version, version.description(), tagging(body, set).apply(version.tags()));
    });
    return Mlflow.done();
  }

  private Reply alias(Request request) {
    Aliased body = request.body(Aliased.class);
    store.write(t ->
        registry.alias(t, model(t, request, body.name()), body.alias(), number(body.version())));
    return Mlflow.done();
  }

  private Reply unalias(Request request) {
    Aliased body = request.body(Aliased.class);
    store.write(t -> registry.alias(t, model(t, request, body.name()), body.alias(), null));
    return Mlflow.done();
  }

  private Reply aliased(Request request) {
    Aliased query = request.query(Aliased.class);
    RegisteredModel model = Registry.model(request.own(), query.name());
    Integer version = model.aliases().get(query.alias());
    if (version == null) throw dev.steward.model.Problem.notFound("registered model alias");
    return versioned(Registry.version(request.own(), model.name(), version));
  }

  private Reply latest(Request request) {
    RegisteredModel model = Registry.model(request.own(), request.body(ModelRef.class).name());
    return Reply.ok(
        Map.of(
            "model_versions",
            view(store.state().own(model.organization()), model).get("latest_versions")));
  }

  private Reply createVersion(Request request) {
    NewVersion body = request.body(NewVersion.class);
    String run = text(body.runId());
    return versioned(
        store.write(t ->
            registry.version(
                t,
                model(t, request, body.name()),
                body.source(),
                run.isEmpty() ? null : request.own(t).get(Tables.RUNS, run).id(),
                text(body.description()),
                Mlflow.entries(body.tags()),
                request.principal().username())));
  }

  private Reply version(Request request) {
    VersionRef query = request.query(VersionRef.class);
    return versioned(version(request.own(), query.name(), query.version()));
  }

  private Reply searchVersions(Request request) {
    Search search = request.query(Search.class);
    Filter filter = Filter.parse(search.filter());
    Own own = request.own();
    List<ModelVersion> found =
        own.all(Tables.MODEL_VERSIONS)
            .filter(v -> filter.matches(Registry.subject(v)))
            .sorted(
                Order.by(
                    Mlflow.orEmpty(search.orderBy()),
                    Registry::subject,
                    Comparator.comparing(ModelVersion::updatedAt)
                        .reversed()
                        .thenComparing(ModelVersion::key)))
            .toList();
    return Reply.ok(
        Mlflow.page(
            "model_versions",
            found,
            most(search),
            10_000,
            search.pageToken(),
            ModelVersion::key,
            v -> Mlflow.view(v, Registry.model(own, v.name()))));
  }

  private Reply describeVersion(Request request) {
    Described body = request.body(Described.class);
    return versioned(
        store.write(t -> {
          ModelVersion version = version(request.own(t), body.name(), body.version());
          return registry.describe(t, version, text(body.description()), version.tags());
        }));
  }

  private Reply deleteVersion(Request request) {
    VersionRef body = request.body(VersionRef.class);
    store.write(t -> {
      RegisteredModel model = model(t, request, body.name());
      registry.delete(t, model, version(request.own(t), body.name(), body.version()));
      return true;
    });
    return Mlflow.done();
  }

  private Reply download(Request request) {
    VersionRef query = request.query(VersionRef.class);
    return Reply.ok(
        Map.of("artifact_uri", version(request.own(), query.name(), query.version()).source()));
  }
}
