package dev.steward.app;

import dev.steward.testing.ApiClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

/**
 * Starts everything once, in a folder of its own, so that the JVM can record which classes a start
 * needs (JEP 483).
 */
@Command(
    name = "rehearse",
    hidden = true,
    description = "Starts and stops once, for the start-up cache.")
final class RehearseCommand implements Callable<Integer> {
  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("steward-rehearsal");
    System.setProperty("aws.accessKeyId", "rehearsal");
    System.setProperty("aws.secretAccessKey", "rehearsal");
    Settings settings =
        Settings.load(
            Path.of("none"),
            Map.of(),
            Map.of(
                "data.folder",
                folder.toString(),
                "http.port",
                "0",
                "admin.port",
                "0",
                "temporal.port",
                "0",
                "temporal.ui-port",
                "0",
                "aws.endpoint",
                "http://127.0.0.1:1",
                "demo.users",
                "true"));
    Logs.toConsole("info");
    try (Platform platform = Platform.start(settings);
        ApiClient client = ApiClient.at(URI.create(platform.url()))) {
      ApiClient user = client.as("test", "test");
      user.get("/client/accounts").ok();
      user.get("/openapi.json").ok();
      user.post("/onboarding/create", Map.of("name", "rehearsal")).ok();
      for (int i = 0; i < 100 && !platform.temporal().working(); i++)
        TimeUnit.MILLISECONDS.sleep(100);
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList())
        Files.delete(file);
    }
    return 0;
  }
}
