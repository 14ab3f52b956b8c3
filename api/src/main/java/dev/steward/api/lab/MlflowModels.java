package dev.steward.api.lab;

import static dev.steward.api.lab.Mlflow.asks;
import static dev.steward.api.lab.Mlflow.changes;
import static dev.steward.api.lab.Mlflow.sets;

import dev.steward.api.Invocation;
import dev.steward.api.Operation;
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

  public List<Operation<?, ?>> operations() {
    return List.of(
        changes("POST", "registered-models/create", "name a model", NewModel.class)
            .once(this::create),
        asks("registered-models/get", "a model", ModelRef.class).answers(this::get),
        asks("registered-models/search", "search models", Search.class).answers(this::search),
        changes("PATCH", "registered-models/update", "describe a model", Described.class)
            .answers(this::describe),
        changes(
                "DELETE",
                "registered-models/delete",
                "delete a model with its versions",
                ModelRef.class)
            .answers(this::delete),
        sets("POST", "registered-models/set-tag", "tag a model", Tagged.class)
            .answers(call -> tag(call, true)),
        changes("DELETE", "registered-models/delete-tag", "take a tag off a model", Tagged.class)
            .answers(call -> tag(call, false)),
        sets("POST", "registered-models/alias", "point an alias at a version", Aliased.class)
            .answers(this::alias),
        changes("DELETE", "registered-models/alias", "take an alias away", Aliased.class)
            .answers(this::unalias),
        asks("registered-models/alias", "the version an alias points at", Aliased.class)
            .answers(this::aliased),
        sets("POST", "registered-models/get-latest-versions", "the newest version", ModelRef.class)
            .answers(this::latest),
        // Models of MLflow 3 that belong to no registered name are not kept; the client asks for
        // them whenever it lists files.
        Mlflow.reads("POST", "logged-models/search", "models without a name: never any")
            .answers(call -> Mlflow.answer(Map.of("models", List.of()))));
  }

  private Map<String, Object> create(Invocation<NewModel> call, Transaction t) {
    NewModel body = call.body();
    RegisteredModel made =
        registry.create(
            t,
            call.organization(),
            body.name(),
            text(body.description()),
            Mlflow.entries(body.tags()));
    return Mlflow.answer(Map.of("registered_model", view(call.own(t), made)));
  }

  static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  private Map<String, Object> one(RegisteredModel model) {
    return Mlflow.answer(
        Map.of("registered_model", view(store.state().own(model.organization()), model)));
  }

  private static Map<String, Object> view(Own own, RegisteredModel model) {
    Optional<ModelVersion> last =
        Registry.versions(own, model.name()).reduce((earlier, later) -> later);
    return Mlflow.view(model, last.stream().toList());
  }

  static RegisteredModel model(Transaction t, Request request, String name) {
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

  private Map<String, Object> get(Invocation<ModelRef> request) {
    return one(Registry.model(request.own(), request.body().name()));
  }

  private Map<String, Object> search(Invocation<Search> request) {
    Search search = request.body();
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
    return Mlflow.answer(
        Mlflow.page(
            "registered_models",
            found,
            most(search),
            100,
            search.pageToken(),
            RegisteredModel::name,
            m -> view(own, m)));
  }

  static @Nullable Long most(Search search) {
    Object most = search.maxResults();
    if (most == null) return null;
    if (!most.toString().matches("\\d{1,6}"))
      throw Mlflow.invalid("max_results", "must be a whole number");
    return Long.valueOf(most.toString());
  }

  private Map<String, Object> describe(Invocation<Described> request) {
    Described body = request.body();
    return one(
        store.write(t -> {
          RegisteredModel model = model(t, request, body.name());
          return registry.describe(t, model, text(body.description()), model.tags());
        }));
  }

  private Map<String, Object> delete(Invocation<ModelRef> request) {
    ModelRef body = request.body();
    store.write(t -> {
      registry.delete(t, model(t, request, body.name()));
      return true;
    });
    return Mlflow.done();
  }

  static UnaryOperator<Map<String, String>> tagging(Tagged body, boolean set) {
    return before -> {
      Map<String, String> tags = new TreeMap<>(before);
      if (set) tags.put(body.key(), text(body.value()));
      else tags.remove(body.key());
      return tags;
    };
  }

  private Map<String, Object> tag(Invocation<Tagged> request, boolean set) {
    Tagged body = request.body();
    store.write(t -> {
      RegisteredModel model = model(t, request, body.name());
      return registry.describe(
          t, model, model.description(), tagging(body, set).apply(model.tags()));
    });
    return Mlflow.done();
  }

  private Map<String, Object> alias(Invocation<Aliased> request) {
    Aliased body = request.body();
    store.write(t ->
        registry.alias(
            t,
            model(t, request, body.name()),
            body.alias(),
            MlflowVersions.number(body.version())));
    return Mlflow.done();
  }

  private Map<String, Object> unalias(Invocation<Aliased> request) {
    Aliased body = request.body();
    store.write(t -> registry.alias(t, model(t, request, body.name()), body.alias(), null));
    return Mlflow.done();
  }

  private Map<String, Object> aliased(Invocation<Aliased> request) {
    Aliased query = request.body();
    RegisteredModel model = Registry.model(request.own(), query.name());
    Integer version = model.aliases().get(query.alias());
    if (version == null) throw dev.steward.model.Problem.notFound("registered model alias");
    return Mlflow.answer(
        Map.of(
            "model_version",
            Mlflow.view(Registry.version(request.own(), model.name(), version), model)));
  }

  private Map<String, Object> latest(Invocation<ModelRef> request) {
    RegisteredModel model = Registry.model(request.own(), request.body().name());
    return Mlflow.answer(
        Map.of(
            "model_versions",
            view(store.state().own(model.organization()), model).get("latest_versions")));
  }
}
