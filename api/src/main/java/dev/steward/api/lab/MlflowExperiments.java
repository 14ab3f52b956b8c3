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
import dev.steward.api.lab.MlflowAnswers.MlflowExperiment;
import dev.steward.api.lab.MlflowAnswers.MlflowExperimentFound;
import dev.steward.api.lab.MlflowAnswers.MlflowExperimentId;
import dev.steward.api.lab.MlflowAnswers.MlflowExperimentPage;
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
        changes(
                "POST",
                "experiments/create",
                "create an experiment",
                NewExperiment.class,
                MlflowExperimentId.class)
            .once(this::create),
        asks("experiments/get", "an experiment", ExperimentRef.class, MlflowExperimentFound.class)
            .answers(this::get),
        asks(
                "experiments/get-by-name",
                "an experiment by its name",
                ByName.class,
                MlflowExperimentFound.class)
            .answers(this::byName),
        sets("experiments/search", "search experiments", Search.class, MlflowExperimentPage.class)
            .answers(this::search),
        asks("experiments/search", "search experiments", Search.class, MlflowExperimentPage.class)
            .answers(this::search),
        sets("experiments/update", "rename an experiment", Renamed.class, MlflowDone.class)
            .answers(this::rename),
        sets("experiments/delete", "hide an experiment", ExperimentRef.class, MlflowDone.class)
            .answers(call -> delete(call, true)),
        sets(
                "experiments/restore",
                "show an experiment again",
                ExperimentRef.class,
                MlflowDone.class)
            .answers(call -> delete(call, false)),
        sets(
                "experiments/set-experiment-tag",
                "tag an experiment",
                ExperimentTag.class,
                MlflowDone.class)
            .answers(this::tagExperiment));
  }

  private MlflowExperimentId create(Invocation<NewExperiment> call, Transaction t) {
    NewExperiment body = call.body();
    Experiment made =
        tracking.create(t, call.organization(), body.name(), Mlflow.entries(body.tags()));
    return new MlflowExperimentId(made.id().value());
  }

  /** The client means the standard experiment by 0. */
  Experiment find(Request request, String id) {
    if (!id.equals("0")) return request.own().get(Tables.EXPERIMENTS, id);
    return Tracking.byName(request.own(), Experiment.DEFAULT)
        .orElseGet(() -> store.write(t -> tracking.standard(t, request.organization())));
  }

  private MlflowExperimentFound get(Invocation<ExperimentRef> request) {
    return found(find(request, request.body().experimentId()));
  }

  private MlflowExperimentFound byName(Invocation<ByName> request) {
    String name = request.body().experimentName();
    return found(
        Tracking.byName(request.own(), name)
            .orElseThrow(() -> Problem.notFound(Tables.EXPERIMENTS.noun())));
  }

  private static MlflowExperimentFound found(Experiment experiment) {
    return new MlflowExperimentFound(MlflowExperiment.of(experiment));
  }

  private MlflowExperimentPage search(Invocation<Search> request) {
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
    return Mlflow.page(
        found,
        search.maxResults(),
        1_000,
        search.pageToken(),
        e -> e.id().value(),
        MlflowExperiment::of,
        MlflowExperimentPage::new);
  }

  static boolean shown(@Nullable String view, boolean deleted) {
    return switch (view == null || view.isEmpty() ? "ACTIVE_ONLY" : view) {
      case "ACTIVE_ONLY", "1" -> !deleted;
      case "DELETED_ONLY", "2" -> deleted;
      case "ALL", "3" -> true;
      default -> throw Mlflow.invalid("view_type", "must be ACTIVE_ONLY, DELETED_ONLY or ALL");
    };
  }

  private MlflowDone rename(Invocation<Renamed> request) {
    Renamed body = request.body();
    Experiment experiment = find(request, body.experimentId());
    store.write(t -> tracking.rename(t, again(t, experiment), body.newName()));
    return MlflowAnswers.DONE;
  }

  static Experiment again(Transaction t, Experiment seen) {
    return t.own(seen.organization()).get(Tables.EXPERIMENTS, seen.id().value());
  }

  private MlflowDone delete(Invocation<ExperimentRef> request, boolean deleted) {
    Experiment experiment = find(request, request.body().experimentId());
    store.write(t -> tracking.delete(t, again(t, experiment), deleted));
    return MlflowAnswers.DONE;
  }

  private MlflowDone tagExperiment(Invocation<ExperimentTag> request) {
    ExperimentTag body = request.body();
    Experiment experiment = find(request, body.experimentId());
    store.write(t -> tracking.tag(t, again(t, experiment), body.key(), body.value()));
    return MlflowAnswers.DONE;
  }
}
