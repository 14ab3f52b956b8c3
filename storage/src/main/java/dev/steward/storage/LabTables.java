package dev.steward.storage;

import dev.steward.model.Artifact;
import dev.steward.model.DataSet;
import dev.steward.model.Experiment;
import dev.steward.model.MetricBlock;
import dev.steward.model.ModelVersion;
import dev.steward.model.Prediction;
import dev.steward.model.Promotion;
import dev.steward.model.RegisteredModel;
import dev.steward.model.Run;
import dev.steward.model.RunInput;
import dev.steward.model.Search;
import dev.steward.model.Training;
import dev.steward.model.Watch;
import java.util.List;

/** What is learnt from, tried, kept and served. */
interface LabTables {
  String MADE = "what people made in the lab; stays, and is hidden where somebody deleted it";
  String MODEL = "what people made in the lab; go when they are deleted";

  Table<DataSet> DATA_SETS =
      Table.named("data_sets", "data set", DataSet.class, d -> d.id().value())
          .of(DataSet::organization)
          .at("/lab/datasets/{id}")
          .kept(MADE);
  Table<Experiment> EXPERIMENTS =
      Table.named("experiments", "experiment", Experiment.class, e -> e.id().value())
          .of(Experiment::organization)
          .index(Index.on("name", e -> Experiment.nameKey(e.organization(), e.name())))
          .at("/lab/experiments/{id}")
          .kept(MADE);
  Table<Run> RUNS =
      Table.named("runs", "run", Run.class, r -> r.id().value())
          .under(EXPERIMENTS, r -> r.experiment().value())
          .at("/lab/runs/{id}")
          .at("/api/2.0/mlflow-artifacts/artifacts/{run}")
          .kept(MADE);
  Table<MetricBlock> METRIC_BLOCKS =
      Table.named("metric_blocks", "part of a metric", MetricBlock.class, MetricBlock::key)
          .within(RUNS, b -> b.run().value())
          .kept(MADE);
  Table<RunInput> RUN_INPUTS =
      Table.named("run_inputs", "input of a run", RunInput.class, RunInput::key)
          .within(RUNS, i -> i.run().value())
          .kept(MADE);
  Table<Artifact> ARTIFACTS =
      Table.named("artifacts", "artifact", Artifact.class, Artifact::key)
          .within(RUNS, a -> a.run().value())
          .kept(MADE);
  Table<Training> TRAININGS =
      Table.named("trainings", "training", Training.class, t -> t.run().value())
          .within(RUNS, t -> t.run().value())
          .index(Index.on(Table.ORGANIZATION, t -> t.organization().value()))
          .kept(MADE);
  Table<Search> SEARCHES =
      Table.named("searches", "search", Search.class, s -> s.run().value())
          .within(RUNS, s -> s.run().value())
          .index(Index.on(Table.ORGANIZATION, s -> s.organization().value()))
          .about(EXPERIMENTS, s -> s.experiment().value(), "it goes with its run")
          .kept(MADE);
  Table<Prediction> PREDICTIONS =
      Table.named("predictions", "prediction", Prediction.class, p -> p.id().value())
          .of(Prediction::organization)
          .at("/ai/predictions/{id}")
          .kept(MADE);
  Table<Promotion> PROMOTIONS =
      Table.named("promotions", "promotion", Promotion.class, p -> p.id().value())
          .of(Promotion::organization)
          .at("/lab/promotions/{id}")
          .kept(MADE);
  Table<RegisteredModel> MODELS =
      Table.named(
              "registered_models", "registered model", RegisteredModel.class, RegisteredModel::key)
          .ofKey(RegisteredModel::organization)
          .at("/lab/models/{name}")
          .kept(MODEL);
  Table<ModelVersion> MODEL_VERSIONS =
      Table.named("model_versions", "model version", ModelVersion.class, ModelVersion::key)
          .ofKey(ModelVersion::organization)
          .under(MODELS, v -> RegisteredModel.key(v.organization(), v.name()))
          .about(RUNS, v -> v.run() == null ? null : v.run().value(), "its files are its own")
          .at("/lab/models/{name}/versions/{version}")
          .kept(MODEL);
  Table<Watch> WATCHES =
      Table.named("watches", "watch", Watch.class, Watch::key)
          .ofKey(Watch::organization)
          // A model of the same name that comes after it has shown nothing yet.
          .under(MODELS, w -> RegisteredModel.key(w.organization(), w.model()))
          .kept("one a model, with 30 rounds; goes with it");

  List<Table<?>> LEARNT =
      List.of(
          DATA_SETS,
          EXPERIMENTS,
          RUNS,
          METRIC_BLOCKS,
          RUN_INPUTS,
          ARTIFACTS,
          TRAININGS,
          PROMOTIONS,
          WATCHES,
          SEARCHES,
          PREDICTIONS,
          MODELS,
          MODEL_VERSIONS);
}
