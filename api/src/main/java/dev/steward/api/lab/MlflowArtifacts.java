package dev.steward.api.lab;

import dev.steward.api.Content;
import dev.steward.api.Invocation;
import dev.steward.api.Nothing;
import dev.steward.api.Operation;
import dev.steward.api.OperationRow;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.Upload;
import dev.steward.domain.lab.ArtifactPath;
import dev.steward.domain.lab.Tracking;
import dev.steward.domain.lab.Trainings;
import dev.steward.model.Artifact;
import dev.steward.model.Problem;
import dev.steward.model.Run;
import dev.steward.storage.Blobs;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.util.LinkedHashMap;
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
            .gives(Mlflow.OBJECT)
            .answers(this::put),
        row("GET", "/{run}/{+path}", "a file of a run")
            .givesFile("application/octet-stream")
            .answers(this::get),
        row("DELETE", "/{run}/{+path}", "delete a file of a run")
            .gives(Mlflow.OBJECT)
            .answers(this::delete),
        row("GET", "", "the files of a run")
            .asks(Listed.class)
            .gives(Mlflow.OBJECT)
            .answers(this::list),
        Mlflow.asks("artifacts/list", "the files of a run", OfRun.class).answers(this::listRun));
  }

  private static OperationRow<Nothing, Nothing> row(String method, String path, String summary) {
    return Mlflow.at(method, PREFIX + path, summary);
  }

  private Run run(Request request, String id) {
    return request.own().get(Tables.RUNS, id);
  }

  private Map<String, Object> put(Invocation<Upload> request) {
    Run run = run(request, request.path("run"));
    String path = ArtifactPath.checked(request.path("path"));
    byte[] content = request.body().bytes();
    Trainings.requireForeign(store.state(), run);
    String digest = blobs.put(content);
    store.write(t -> tracking.artifact(t, run, path, content.length, digest));
    return Mlflow.done();
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

  private Map<String, Object> delete(Request request) {
    Artifact artifact = find(request);
    Trainings.requireForeign(store.state(), run(request, request.path("run")));
    store.write(t -> t.remove(Tables.ARTIFACTS, artifact.key()));
    return Mlflow.done();
  }

  /** Paths as the client expects them here: relative to what was asked for. */
  private Map<String, Object> list(Invocation<Listed> request) {
    String path = request.body().path() == null ? "" : request.body().path();
    int slash = path.indexOf('/');
    Run run = run(request, slash < 0 ? path : path.substring(0, slash));
    String folder = slash < 0 ? "" : path.substring(slash + 1);
    return Mlflow.answer(Map.of("files", files(run, folder, "")));
  }

  private Map<String, Object> listRun(Invocation<OfRun> request) {
    OfRun body = request.body();
    Run run = run(request, body.runId());
    String folder = body.path() == null ? "" : body.path();
    return Mlflow.answer(
        Map.of(
            "root_uri",
            Mlflow.SCHEME + run.id(),
            "files",
            files(run, folder, folder.isEmpty() ? "" : folder + "/")));
  }

  private List<Map<String, Object>> files(Run run, String folder, String shown) {
    String within = folder.isEmpty() ? "" : folder + "/";
    Map<String, Map<String, Object>> files = new TreeMap<>();
    Tracking.artifacts(store.state(), run.id())
        .filter(a -> a.path().startsWith(within))
        .forEach(a -> {
          String rest = a.path().substring(within.length());
          int slash = rest.indexOf('/');
          Map<String, Object> file = new LinkedHashMap<>();
          file.put("path", shown + (slash < 0 ? rest : rest.substring(0, slash)));
          file.put("is_dir", slash >= 0);
          if (slash < 0) file.put("file_size", a.size());
          files.putIfAbsent(slash < 0 ? rest : rest.substring(0, slash), file);
        });
    return List.copyOf(files.values());
  }
}
