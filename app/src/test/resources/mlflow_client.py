"""What a user of MLflow does, with the stock client; exits with 1 and a reason if it does not work."""
import math
import os
import sys
import tempfile
import time

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Dataset, DatasetInput, InputTag, Metric, Param, RunTag, ViewType
from mlflow.exceptions import MlflowException


def refused(call, code):
    try:
        call()
    except MlflowException as refusal:
        assert refusal.error_code == code, (refusal.error_code, str(refusal))
        return str(refusal)
    raise AssertionError("was not refused")


def mine():
    client = MlflowClient()
    name = "forecasts"
    experiment = client.create_experiment(name, tags={"team": "finops"})
    refused(lambda: client.create_experiment(name), "RESOURCE_ALREADY_EXISTS")
    assert client.get_experiment_by_name(name).tags["team"] == "finops"
    client.set_experiment_tag(experiment, "cost", "low")
    assert client.get_experiment(experiment).tags == {"team": "finops", "cost": "low"}
    assert [e.name for e in client.search_experiments(filter_string="name LIKE 'fore%'")] == [name]

    # The fluent interface, nested runs, the usual calls.
    mlflow.set_experiment(name)
    with mlflow.start_run(run_name="parent") as parent:
        mlflow.log_params({"model": "mlp", "window": 336})
        mlflow.log_metric("loss", 0.5, step=1)
        mlflow.log_metrics({"loss": 0.25, "mase": 0.78}, step=2)
        mlflow.set_tags({"stage": "trial", "quoted 'tag'": "x"})
        mlflow.log_text("hello", "notes/a.txt")
        mlflow.log_dict({"a": 1}, "b.json")
        mlflow.log_text("flavors: {}\n", "model/MLmodel")
        with mlflow.start_run(run_name="child", nested=True) as child:
            mlflow.log_metric("mase", 0.9)
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "weights.bin")
            with open(path, "wb") as file:
                file.write(os.urandom(3 << 20))
            mlflow.log_artifact(path, "model")
            with open(path, "rb") as file:
                weights = file.read()
    run = client.get_run(parent.info.run_id)
    assert run.info.status == "FINISHED" and run.info.end_time >= run.info.start_time
    assert run.data.params == {"model": "mlp", "window": "336"}, run.data.params
    assert run.data.metrics == {"loss": 0.25, "mase": 0.78}, run.data.metrics
    assert run.data.tags["stage"] == "trial"
    history = client.get_metric_history(run.info.run_id, "loss")
    assert [(m.step, m.value) for m in history] == [(1, 0.5), (2, 0.25)]
    assert client.get_run(child.info.run_id).data.tags["mlflow.parentRunId"] == run.info.run_id
    refused(lambda: client.log_param(run.info.run_id, "window", "1"), "INVALID_PARAMETER_VALUE")

    # Artefacts: listed as a tree, and what comes back is what went in.
    root = sorted((f.path, f.is_dir) for f in client.list_artifacts(run.info.run_id))
    assert root == [("b.json", False), ("model", True), ("notes", True)], root
    assert client.list_artifacts(run.info.run_id, "notes")[0].file_size == 5
    with tempfile.TemporaryDirectory() as folder:
        got = client.download_artifacts(run.info.run_id, "model/weights.bin", folder)
        with open(got, "rb") as file:
            assert file.read() == weights
    assert mlflow.artifacts.load_text(run.info.artifact_uri + "/notes/a.txt") == "hello"

    # Batches, values that are no numbers, long histories, inputs.
    batch = client.create_run(experiment, run_name="batch").info.run_id
    now = int(time.time() * 1000)
    client.log_batch(
        batch,
        metrics=[Metric("loss", 1 / (i + 1), now + i, i) for i in range(900)],
        params=[Param(f"p{i}", str(i)) for i in range(90)],
        tags=[RunTag("kind", "batch")],
    )
    client.log_metric(batch, "odd", math.nan)
    client.log_metric(batch, "odd", math.inf)
    assert len(client.get_metric_history(batch, "loss")) == 900
    odd = client.get_metric_history(batch, "odd")
    assert math.isnan(odd[0].value) and odd[1].value > 1e300, odd
    client.log_inputs(
        batch,
        [DatasetInput(Dataset("costs", "abc123", "local", "{}", "{}", "{}"), [InputTag("mlflow.data.context", "train")])],
    )
    inputs = client.get_run(batch).inputs.dataset_inputs
    assert inputs[0].dataset.digest == "abc123" and inputs[0].tags[0].value == "train"
    client.set_terminated(batch, "FAILED")
    assert client.get_run(batch).info.status == "FAILED"

    # Search: filter, order, pages.
    for i in range(7):
        made = client.create_run(experiment, tags={"many": "yes"}).info.run_id
        client.log_metric(made, "score", i)
    found = client.search_runs(
        [experiment], "tags.many = 'yes' and metrics.score >= 2", order_by=["metrics.score DESC"], max_results=2
    )
    assert [r.data.metrics["score"] for r in found] == [6, 5] and found.token
    more = client.search_runs(
        [experiment],
        "tags.many = 'yes' and metrics.score >= 2",
        order_by=["metrics.score DESC"],
        max_results=9,
        page_token=found.token,
    )
    assert [r.data.metrics["score"] for r in more] == [4, 3, 2] and not more.token
    assert len(client.search_runs([experiment], "params.model ILIKE 'ML_'")) == 1
    assert len(client.search_runs([experiment], "attributes.status = 'FAILED'")) == 1
    refused(lambda: client.search_runs([experiment], "metrics.loss << 3"), "INVALID_PARAMETER_VALUE")

    # Deleted and back.
    client.delete_run(batch)
    assert batch not in [r.info.run_id for r in client.search_runs([experiment])]
    assert batch in [r.info.run_id for r in client.search_runs([experiment], run_view_type=ViewType.DELETED_ONLY)]
    client.restore_run(batch)
    client.delete_experiment(experiment)
    assert client.get_experiment(experiment).lifecycle_stage == "deleted"
    client.restore_experiment(experiment)
    client.rename_experiment(experiment, "forecasts 2")

    # The registry.
    client.create_registered_model("cost-forecast", tags={"a": "1"}, description="of costs")
    refused(lambda: client.create_registered_model("cost-forecast"), "RESOURCE_ALREADY_EXISTS")
    version = mlflow.register_model(f"runs:/{run.info.run_id}/model", "cost-forecast")
    assert version.version in ("1", 1) and version.run_id == run.info.run_id
    client.create_model_version("cost-forecast", run.info.artifact_uri + "/model", run.info.run_id, tags={"t": "2"})
    client.update_model_version("cost-forecast", "2", "the second")
    client.set_model_version_tag("cost-forecast", "2", "checked", "yes")
    client.set_registered_model_alias("cost-forecast", "challenger", "2")
    got = client.get_model_version_by_alias("cost-forecast", "challenger")
    assert str(got.version) == "2" and got.description == "the second" and got.tags["checked"] == "yes"
    refused(lambda: client.set_registered_model_alias("cost-forecast", "champion", "2"), "PERMISSION_DENIED")
    assert [m.name for m in client.search_registered_models("name = 'cost-forecast'")] == ["cost-forecast"]
    assert len(client.search_model_versions(f"run_id = '{run.info.run_id}'")) == 2
    client.delete_registered_model_alias("cost-forecast", "challenger")
    client.delete_model_version("cost-forecast", "1")
    assert [str(v.version) for v in client.search_model_versions("name='cost-forecast'")] == ["2"]

    # The standard experiment is there without being made.
    assert client.get_experiment("0").name == "Default"
    print(experiment, run.info.run_id)


def theirs(experiment, run):
    """Another organization sees nothing of it."""
    client = MlflowClient()
    missing = "RESOURCE_DOES_NOT_EXIST"
    refused(lambda: client.get_experiment(experiment), missing)
    refused(lambda: client.get_run(run), missing)
    refused(lambda: client.log_metric(run, "loss", 1), missing)
    refused(lambda: client.search_runs([experiment]), missing)
    refused(lambda: client.get_registered_model("cost-forecast"), missing)
    refused(lambda: client.get_metric_history(run, "loss"), missing)
    try:
        client.list_artifacts(run)
        raise AssertionError("was not refused")
    except MlflowException as refusal:
        assert "404" in str(refusal) or refusal.error_code == missing, str(refusal)
    assert client.search_registered_models() == []


if len(sys.argv) == 1:
    mine()
else:
    theirs(sys.argv[1], sys.argv[2])
