package dev.steward.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What commands ask of the installation that runs on a data folder. The folder's token says that it
 * is that one: another, which happens to be at the port, does not take it.
 */
final class RunningInstallation {
  private final Path folder;
  private final int adminPort;

  RunningInstallation(Path folder, int adminPort) {
    this.folder = folder;
    this.adminPort = adminPort;
  }

  /** The answer; empty where the folder's installation does not run. */
  Optional<JsonNode> ask(String method, String path) throws IOException, InterruptedException {
    Optional<AdminToken> token = AdminToken.read(folder);
    if (token.isEmpty()) return Optional.empty();
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + path))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .header("Authorization", token.get().bearer())
              .build();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      // Another installation's port, or no port of ours at all.
      if (answer.statusCode() == 401 || answer.statusCode() == 404) return Optional.empty();
      JsonNode body = Json.MAPPER.readTree(answer.body());
      if (answer.statusCode() != 200)
        throw new StartException(
            "the running installation refused: "
                + body.path("detail").asText("status " + answer.statusCode()));
      return Optional.of(body);
    } catch (ConnectException notRunning) {
      return Optional.empty();
    }
  }
}
