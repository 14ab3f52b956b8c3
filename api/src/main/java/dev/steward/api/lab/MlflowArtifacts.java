package dev.steward.api.lab;

import dev.steward.api.Content;
import dev.steward.api.Invocation;
import dev.steward.api.Nothing;
import dev.steward.api.Operation;
import dev.steward.api.OperationRow;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.Upload;
import dev.steward.api.lab.MlflowAnswers.MlflowDone;
import dev.steward.api.lab.MlflowAnswers.MlflowFile;
import dev.steward.api.lab.MlflowAnswers.MlflowFiles;
import dev.steward.api.lab.MlflowAnswers.MlflowRunFiles;
import dev.steward.domain.lab.ArtifactPath;
import dev.steward.domain.lab.Tracking;
import dev.steward.domain.lab.Trainings;
import dev.steward.model.Artifact;
import dev.steward.model.Problem;
import dev.steward.model.Run;
import dev.steward.storage.Blobs;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Files of runs, as MLflow's client puts and gets them. Bytes are blobs, named by their digest. */
public final class MlflowArtifacts {
  private static final String PREFIX = "/api/2.0/mlflow-artifacts/artifacts";

  private final Store store;
  private final Blobs blobs;
  private final Tracking tracking;
  private final int most;

  /**
   * @param most bytes of a file
   */
  public MlflowArtifacts(Store store, Blobs blobs, Tracking tracking, int most) {
    this.store = store;
    this.blobs = blobs;
    this.tracking = tracking;
    this.most = most;
  }

  record Listed(@Rule(max = Mlflow.NAME) @Nullable String path) {}

  record OfRun(
      @Rule(max = Mlflow.NAME, aliases = "run_uuid") String runId,
      @Rule(max = Mlflow.NAME) @Nullable String path) {}

  public List<Operation<?, ?>> operations() {
    return List.of(
        row("PUT", "/{run}/{+path}", "keep a file of a run")
            .takesBytes(most)
            .gives(MlflowDone.class)
            .answers(this::put),
        row("GET", "/{run}/{+path}", "a file of a run")
            .givesFile("application/octet-stream")
            .answers(this::get),
        row("DELETE", "/{run}/{+path}", "delete a file of a run")
            .gives(MlflowDone.class)
            .answers(this::delete),
        row("GET", "", "the files of a run")
            .asks(Listed.class)
            .gives(MlflowFiles.class)
            .answers(this::list),
        Mlflow.asks("artifacts/list", "the files of a run", OfRun.class, MlflowRunFiles.class)
            .answers(this::listRun));
  }

  private static OperationRow<Nothing, Nothing> row(String method, String path, String summary) {
    return Mlflow.at(method, PREFIX + path, summary);
  }

  private Run run(Request request, String id) {
    return request.own().get(Tables.RUNS, id);
  }

  private MlflowDone put(Invocation<Upload> request) {
    Run run = run(request, request.path("run"));
    String path = ArtifactPath.checked(request.path("path"));
    byte[] content = request.body().bytes();
    Trainings.requireForeign(store.state(), run);
    String digest = blobs.put(content);
    store.write(t -> tracking.artifact(t, run, path, content.length, digest));
    return MlflowAnswers.DONE;
  }

  private Artifact find(Request request) {
    Run run = run(request, request.path("run"));
    return request.own().get(Tables.ARTIFACTS, Artifact.key(run.id(), request.path("path")));
  }

  private Content get(Request request) {
    Artifact artifact = find(request);
    byte[] content = blobs.get(artifact.sha256()).orElseThrow(() -> Problem.notFound("artifact"));
    // Never shown by a browser as what it claims to be.
    return Content.of("application/octet-stream", content)
        .with("Content-Disposition", "attachment")
        .with("X-Content-SHA256", artifact.sha256());
  }

  private MlflowDone delete(Request request) {
    Artifact artifact = find(request);
    Trainings.requireForeign(store.state(), run(request, request.path("run")));
    store.write(t -> t.remove(Tables.ARTIFACTS, artifact.key()));
    return MlflowAnswers.DONE;
  }

  /** Paths as the client expects them here: relative to what was asked for. */
  private MlflowFiles list(Invocation<Listed> request) {
    String path = Mlflow.text(request.body().path());
    int slash = path.indexOf('/');
    Run run = run(request, slash < 0 ? path : path.substring(0, slash));
    String folder = slash < 0 ? "" : path.substring(slash + 1);
    return new MlflowFiles(files(run, folder, ""));
  }

  private MlflowRunFiles listRun(Invocation<OfRun> request) {
    Run run = run(request, request.body().runId());
    String folder = Mlflow.text(request.body().path());
    return new MlflowRunFiles(
        MlflowAnswers.SCHEME + run.id(), files(run, folder, folder.isEmpty() ? "" : folder + "/"));
  }

  private List<MlflowFile> files(Run run, String folder, String shown) {
    String within = folder.isEmpty() ? "" : folder + "/";
    Map<String, MlflowFile> files = new TreeMap<>();
    Tracking.artifacts(store.state(), run.id())
        .filter(a -> a.path().startsWith(within))
        .forEach(a -> {
          String rest = a.path().substring(within.length());
          int slash = rest.indexOf('/');
          String name = slash < 0 ? rest : rest.substring(0, slash);
          files.putIfAbsent(
              name, new MlflowFile(shown + name, slash >= 0, slash < 0 ? a.size() : null));
        });
    return List.copyOf(files.values());
  }
}
