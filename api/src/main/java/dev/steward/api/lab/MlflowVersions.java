package dev.steward.api.lab;

import static dev.steward.api.lab.Mlflow.asks;
import static dev.steward.api.lab.Mlflow.changes;
import static dev.steward.api.lab.Mlflow.sets;
import static dev.steward.api.lab.Mlflow.text;
import static dev.steward.api.lab.MlflowModels.model;
import static dev.steward.api.lab.MlflowModels.tagging;

import dev.steward.api.Invocation;
import dev.steward.api.Operation;
import dev.steward.api.Rule;
import dev.steward.api.lab.Mlflow.Entry;
import dev.steward.api.lab.MlflowAnswers.MlflowDone;
import dev.steward.api.lab.MlflowAnswers.MlflowVersion;
import dev.steward.api.lab.MlflowAnswers.MlflowVersionFiles;
import dev.steward.api.lab.MlflowAnswers.MlflowVersionFound;
import dev.steward.api.lab.MlflowAnswers.MlflowVersionPage;
import dev.steward.api.lab.MlflowModels.Described;
import dev.steward.api.lab.MlflowModels.Search;
import dev.steward.api.lab.MlflowModels.Tagged;
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
import org.jspecify.annotations.Nullable;

/** Versions of models as MLflow's client asks for them. */
public final class MlflowVersions {
  private final Store store;
  private final Registry registry;

  public MlflowVersions(Store store, Registry registry) {
    this.store = store;
    this.registry = registry;
  }

  record NewVersion(
      @Rule(max = Mlflow.NAME) String name,
      @Rule(max = Mlflow.TEXT) String source,
      @Nullable String runId,
      @Nullable List<Entry> tags,
      @Rule(max = Mlflow.TEXT) @Nullable String description) {}

  record VersionRef(
      @Rule(max = Mlflow.NAME) String name,
      @Rule(pattern = "\\d{1,8}", example = "3", message = "must be a number") String version) {}

  public List<Operation<?, ?>> operations() {
    return List.of(
        changes(
                "POST",
                "model-versions/create",
                "register a version",
                NewVersion.class,
                MlflowVersionFound.class)
            .once(this::createVersion),
        asks("model-versions/get", "a version", VersionRef.class, MlflowVersionFound.class)
            .answers(this::version),
        asks("model-versions/search", "search versions", Search.class, MlflowVersionPage.class)
            .answers(this::searchVersions),
        changes(
                "PATCH",
                "model-versions/update",
                "describe a version",
                Described.class,
                MlflowVersionFound.class)
            .answers(this::describeVersion),
        changes(
                "DELETE",
                "model-versions/delete",
                "delete a version",
                VersionRef.class,
                MlflowDone.class)
            .answers(this::deleteVersion),
        sets("model-versions/set-tag", "tag a version", Tagged.class, MlflowDone.class)
            .answers(call -> tagVersion(call, true)),
        changes(
                "DELETE",
                "model-versions/delete-tag",
                "take a tag off a version",
                Tagged.class,
                MlflowDone.class)
            .answers(call -> tagVersion(call, false)),
        asks(
                "model-versions/get-download-uri",
                "where a version's files are",
                VersionRef.class,
                MlflowVersionFiles.class)
            .answers(this::download));
  }

  private MlflowVersionFound createVersion(Invocation<NewVersion> call, Transaction t) {
    NewVersion body = call.body();
    String run = text(body.runId());
    RegisteredModel model = model(t, call, body.name());
    ModelVersion made =
        registry.version(
            t,
            model,
            body.source(),
            run.isEmpty() ? null : call.own(t).get(Tables.RUNS, run).id(),
            text(body.description()),
            Mlflow.entries(body.tags()),
            call.principal().username());
    return new MlflowVersionFound(MlflowVersion.of(made, Registry.model(call.own(t), made.name())));
  }

  private MlflowVersionFound versioned(ModelVersion version) {
    RegisteredModel model =
        Registry.model(store.state().own(version.organization()), version.name());
    return new MlflowVersionFound(MlflowVersion.of(version, model));
  }

  private static ModelVersion version(Own own, String name, @Nullable String version) {
    return Registry.version(own, name, number(version));
  }

  static int number(@Nullable String version) {
    if (version == null || !version.matches("\\d{1,8}"))
      throw Mlflow.invalid("version", "must be a number");
    return Integer.parseInt(version);
  }

  private MlflowDone tagVersion(Invocation<Tagged> request, boolean set) {
    Tagged body = request.body();
    store.write(t -> {
      ModelVersion version = version(request.own(t), body.name(), body.version());
      return registry.describe(
          t, version, version.description(), tagging(body, set).apply(version.tags()));
    });
    return MlflowAnswers.DONE;
  }

  private MlflowVersionFound version(Invocation<VersionRef> request) {
    VersionRef query = request.body();
    return versioned(version(request.own(), query.name(), query.version()));
  }

  private MlflowVersionPage searchVersions(Invocation<Search> request) {
    Search search = request.body();
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
    return Mlflow.page(
        found,
        search.maxResults(),
        10_000,
        search.pageToken(),
        ModelVersion::key,
        v -> MlflowVersion.of(v, Registry.model(own, v.name())),
        MlflowVersionPage::new);
  }

  private MlflowVersionFound describeVersion(Invocation<Described> request) {
    Described body = request.body();
    return versioned(
        store.write(t -> {
          ModelVersion version = version(request.own(t), body.name(), body.version());
          return registry.describe(t, version, text(body.description()), version.tags());
        }));
  }

  private MlflowDone deleteVersion(Invocation<VersionRef> request) {
    VersionRef body = request.body();
    store.write(t -> {
      RegisteredModel model = model(t, request, body.name());
      registry.delete(t, model, version(request.own(t), body.name(), body.version()));
      return true;
    });
    return MlflowAnswers.DONE;
  }

  private MlflowVersionFiles download(Invocation<VersionRef> request) {
    VersionRef query = request.body();
    return new MlflowVersionFiles(version(request.own(), query.name(), query.version()).source());
  }
}
