package dev.steward.api.lab;

import static dev.steward.api.lab.Mlflow.asks;
import static dev.steward.api.lab.Mlflow.changes;
import static dev.steward.api.lab.Mlflow.sets;

import dev.steward.api.Invocation;
import dev.steward.api.Operation;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.lab.Mlflow.Entry;
import dev.steward.api.lab.MlflowAnswers.MlflowDone;
import dev.steward.api.lab.MlflowAnswers.MlflowLatestVersions;
import dev.steward.api.lab.MlflowAnswers.MlflowLoggedModels;
import dev.steward.api.lab.MlflowAnswers.MlflowModel;
import dev.steward.api.lab.MlflowAnswers.MlflowModelFound;
import dev.steward.api.lab.MlflowAnswers.MlflowModelPage;
import dev.steward.api.lab.MlflowAnswers.MlflowVersion;
import dev.steward.api.lab.MlflowAnswers.MlflowVersionFound;
import dev.steward.domain.lab.Filter;
import dev.steward.domain.lab.Order;
import dev.steward.domain.lab.Registry;
import dev.steward.model.ModelVersion;
import dev.steward.model.Problem;
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
import java.util.stream.Stream;
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
      @Nullable Long maxResults,
      @Nullable List<String> orderBy,
      @Rule(max = Mlflow.NAME) @Nullable String pageToken) {}

  public List<Operation<?, ?>> operations() {
    return Stream.of(models(), names()).<Operation<?, ?>>flatMap(List::stream).toList();
  }

  private List<Operation<?, ?>> models() {
    return List.of(
        changes(
                "POST",
                "registered-models/create",
                "name a model",
                NewModel.class,
                MlflowModelFound.class)
            .once(this::create),
        asks("registered-models/get", "a model", ModelRef.class, MlflowModelFound.class)
            .answers(this::get),
        asks("registered-models/search", "search models", Search.class, MlflowModelPage.class)
            .answers(this::search),
        changes(
                "PATCH",
                "registered-models/update",
                "describe a model",
                Described.class,
                MlflowModelFound.class)
            .answers(this::describe),
        changes(
                "DELETE",
                "registered-models/delete",
                "delete a model with its versions",
                ModelRef.class,
                MlflowDone.class)
            .answers(this::delete),
        sets(
                "registered-models/get-latest-versions",
                "the newest version",
                ModelRef.class,
                MlflowLatestVersions.class)
            .answers(this::latest),
        // Models of MLflow 3 that belong to no registered name are not kept; the client asks for
        // them whenever it lists files.
        Mlflow.at(
                "POST", Mlflow.PREFIX + "logged-models/search", "models without a name: never any")
            .repeatable("it only reads")
            .gives(MlflowLoggedModels.class)
            .answers(call -> new MlflowLoggedModels(List.of())));
  }

  /** What a model and its versions are called beside their names: tags and aliases. */
  private List<Operation<?, ?>> names() {
    return List.of(
        sets("registered-models/set-tag", "tag a model", Tagged.class, MlflowDone.class)
            .answers(call -> tag(call, true)),
        changes(
                "DELETE",
                "registered-models/delete-tag",
                "take a tag off a model",
                Tagged.class,
                MlflowDone.class)
            .answers(call -> tag(call, false)),
        sets(
                "registered-models/alias",
                "point an alias at a version",
                Aliased.class,
                MlflowDone.class)
            .answers(this::alias),
        changes(
                "DELETE",
                "registered-models/alias",
                "take an alias away",
                Aliased.class,
                MlflowDone.class)
            .answers(this::unalias),
        asks(
                "registered-models/alias",
                "the version an alias points at",
                Aliased.class,
                MlflowVersionFound.class)
            .answers(this::aliased));
  }

  private MlflowModelFound create(Invocation<NewModel> call, Transaction t) {
    NewModel body = call.body();
    RegisteredModel made =
        registry.create(
            t,
            call.organization(),
            body.name(),
            Mlflow.text(body.description()),
            Mlflow.entries(body.tags()));
    return found(call.own(t), made);
  }

  private MlflowModelFound found(RegisteredModel model) {
    return found(store.state().own(model.organization()), model);
  }

  private static MlflowModelFound found(Own own, RegisteredModel model) {
    return new MlflowModelFound(view(own, model));
  }

  private static MlflowModel view(Own own, RegisteredModel model) {
    Optional<ModelVersion> last =
        Registry.versions(own, model.name()).reduce((earlier, later) -> later);
    return MlflowModel.of(model, last.stream().toList());
  }

  static RegisteredModel model(Transaction t, Request request, String name) {
    return Registry.model(request.own(t), name);
  }

  private MlflowModelFound get(Invocation<ModelRef> request) {
    return found(Registry.model(request.own(), request.body().name()));
  }

  private MlflowModelPage search(Invocation<Search> request) {
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
    return Mlflow.page(
        found,
        search.maxResults(),
        100,
        search.pageToken(),
        RegisteredModel::name,
        m -> view(own, m),
        MlflowModelPage::new);
  }

  private MlflowModelFound describe(Invocation<Described> request) {
    Described body = request.body();
    return found(
        store.write(t -> {
          RegisteredModel model = model(t, request, body.name());
          return registry.describe(t, model, Mlflow.text(body.description()), model.tags());
        }));
  }

  private MlflowDone delete(Invocation<ModelRef> request) {
    ModelRef body = request.body();
    store.write(t -> {
      registry.delete(t, model(t, request, body.name()));
      return true;
    });
    return MlflowAnswers.DONE;
  }

  static UnaryOperator<Map<String, String>> tagging(Tagged body, boolean set) {
    return before -> {
      Map<String, String> tags = new TreeMap<>(before);
      if (set) tags.put(body.key(), Mlflow.text(body.value()));
      else tags.remove(body.key());
      return tags;
    };
  }

  private MlflowDone tag(Invocation<Tagged> request, boolean set) {
    Tagged body = request.body();
    store.write(t -> {
      RegisteredModel model = model(t, request, body.name());
      return registry.describe(
          t, model, model.description(), tagging(body, set).apply(model.tags()));
    });
    return MlflowAnswers.DONE;
  }

  private MlflowDone alias(Invocation<Aliased> request) {
    Aliased body = request.body();
    store.write(t ->
        registry.alias(
            t,
            model(t, request, body.name()),
            body.alias(),
            MlflowVersions.number(body.version())));
    return MlflowAnswers.DONE;
  }

  private MlflowDone unalias(Invocation<Aliased> request) {
    Aliased body = request.body();
    store.write(t -> registry.alias(t, model(t, request, body.name()), body.alias(), null));
    return MlflowAnswers.DONE;
  }

  private MlflowVersionFound aliased(Invocation<Aliased> request) {
    Aliased query = request.body();
    RegisteredModel model = Registry.model(request.own(), query.name());
    Integer version = model.aliases().get(query.alias());
    if (version == null) throw Problem.notFound("registered model alias");
    return new MlflowVersionFound(
        MlflowVersion.of(Registry.version(request.own(), model.name(), version), model));
  }

  private MlflowLatestVersions latest(Invocation<ModelRef> request) {
    RegisteredModel model = Registry.model(request.own(), request.body().name());
    return new MlflowLatestVersions(view(request.own(), model).latestVersions());
  }
}
