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
import dev.steward.domain.lab.Tracking;
import dev.steward.model.Experiment;
import dev.steward.model.Problem;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Experiments as MLflow's client asks for them. */
public final class MlflowExperiments {
  private final Store store;
  private final Tracking tracking;

  public MlflowExperiments(Store store, Tracking tracking) {
    this.store = store;
    this.tracking = tracking;
  }

  record NewExperiment(
      @Rule(max = Mlflow.NAME) String name, @Rule(max = Mlflow.MANY) @Nullable List<Entry> tags) {}

  record ExperimentRef(@Rule(max = Mlflow.NAME) String experimentId) {}

  record Renamed(String experimentId, @Rule(max = Mlflow.NAME) String newName) {}

  record ByName(@Rule(max = Mlflow.NAME) String experimentName) {}

  record ExperimentTag(
      String experimentId,
      @Rule(max = Mlflow.NAME) String key,
      @Rule(max = Mlflow.TEXT) String value) {}

  record Search(
      @Rule(max = Mlflow.MANY) @Nullable List<String> experimentIds,
      @Rule(max = Mlflow.TEXT) @Nullable String filter,
      @Nullable String viewType,
      @Nullable String runViewType,
      @Nullable Long maxResults,
      @Rule(max = Mlflow.MANY) @Nullable List<String> orderBy,
      @Rule(max = Mlflow.NAME) @Nullable String pageToken) {}

  public List<Operation<?, ?>> operations() {
    return List.of(
        changes("POST", "experiments/create", "create an experiment", NewExperiment.class)
            .once(this::create),
        asks("experiments/get", "an experiment", ExperimentRef.class).answers(this::get),
        asks("experiments/get-by-name", "an experiment by its name", ByName.class)
            .answers(this::byName),
        sets("POST", "experiments/search", "search experiments", Search.class)
            .answers(this::search),
        asks("experiments/search", "search experiments", Search.class).answers(this::search),
        sets("POST", "experiments/update", "rename an experiment", Renamed.class)
            .answers(this::rename),
        sets("POST", "experiments/delete", "hide an experiment", ExperimentRef.class)
            .answers(call -> delete(call, true)),
        sets("POST", "experiments/restore", "show an experiment again", ExperimentRef.class)
            .answers(call -> delete(call, false)),
        sets("POST", "experiments/set-experiment-tag", "tag an experiment", ExperimentTag.class)
            .answers(this::tagExperiment));
  }

  private Map<String, Object> create(Invocation<NewExperiment> call, Transaction t) {
    NewExperiment body = call.body();
    Experiment made =
        tracking.create(t, call.organization(), body.name(), Mlflow.entries(body.tags()));
    return Mlflow.answer(Map.of("experiment_id", made.id().value()));
  }

  /** The client means the standard experiment by 0. */
  Experiment find(Request request, String id) {
    if (!id.equals("0")) return request.own().get(Tables.EXPERIMENTS, id);
    return Tracking.byName(request.own(), Experiment.DEFAULT)
        .orElseGet(() -> store.write(t -> tracking.standard(t, request.organization())));
  }

  private Map<String, Object> get(Invocation<ExperimentRef> request) {
    return Mlflow.answer(
        Map.of("experiment", Mlflow.view(find(request, request.body().experimentId()))));
  }

  private Map<String, Object> byName(Invocation<ByName> request) {
    String name = request.body().experimentName();
    return Mlflow.answer(
        Map.of(
            "experiment",
            Mlflow.view(
                Tracking.byName(request.own(), name)
                    .orElseThrow(() -> Problem.notFound(Tables.EXPERIMENTS.noun())))));
  }

  private Map<String, Object> search(Invocation<Search> request) {
    Search search = request.body();
    Filter filter = Filter.parse(search.filter());
    List<Experiment> found =
        request
            .own()
            .all(Tables.EXPERIMENTS)
            .filter(e -> shown(search.viewType(), e.deleted()))
            .filter(e -> filter.matches(Tracking.subject(e)))
            .sorted(
                Order.by(
                    Mlflow.orEmpty(search.orderBy()),
                    Tracking::subject,
                    Comparator.comparing(Experiment::updatedAt)
                        .reversed()
                        .thenComparing(e -> e.id().value())))
            .toList();
    return Mlflow.answer(
        Mlflow.page(
            "experiments",
            found,
            search.maxResults(),
            1_000,
            search.pageToken(),
            e -> e.id().value(),
            Mlflow::view));
  }

  static boolean shown(@Nullable String view, boolean deleted) {
    return switch (view == null || view.isEmpty() ? "ACTIVE_ONLY" : view) {
      case "ACTIVE_ONLY", "1" -> !deleted;
      case "DELETED_ONLY", "2" -> deleted;
      case "ALL", "3" -> true;
      default -> throw Mlflow.invalid("view_type", "must be ACTIVE_ONLY, DELETED_ONLY or ALL");
    };
  }

  private Map<String, Object> rename(Invocation<Renamed> request) {
    Renamed body = request.body();
    Experiment experiment = find(request, body.experimentId());
    store.write(t -> tracking.rename(t, again(t, experiment), body.newName()));
    return Mlflow.done();
  }

  static Experiment again(Transaction t, Experiment seen) {
    return t.own(seen.organization()).get(Tables.EXPERIMENTS, seen.id().value());
  }

  private Map<String, Object> delete(Invocation<ExperimentRef> request, boolean deleted) {
    Experiment experiment = find(request, request.body().experimentId());
    store.write(t -> tracking.delete(t, again(t, experiment), deleted));
    return Mlflow.done();
  }

  private Map<String, Object> tagExperiment(Invocation<ExperimentTag> request) {
    ExperimentTag body = request.body();
    Experiment experiment = find(request, body.experimentId());
    store.write(t -> tracking.tag(t, again(t, experiment), body.key(), body.value()));
    return Mlflow.done();
  }
}
