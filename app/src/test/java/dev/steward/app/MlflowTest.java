package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testing.ApiClient;
import dev.steward.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The stock MLflow client against our API: {@code mlflow_client.py} does what its users do. */
final class MlflowTest {
  @Test
  void theStockClientWorks() throws Exception {
    try (WithoutTemporal platform = new WithoutTemporal()) {
      String[] made = client(platform, platform.as("test")).strip().split("\\s+");
      assertThat(made).hasSizeGreaterThanOrEqualTo(2);
      client(platform, platform.stranger(), made[made.length - 2], made[made.length - 1]);
    }
  }

  private static String client(WithoutTemporal platform, ApiClient caller, String... arguments)
      throws IOException, InterruptedException {
    Path script = Files.createTempFile("mlflow", ".py");
    try (var in =
        Objects.requireNonNull(MlflowTest.class.getResourceAsStream("/mlflow_client.py"))) {
      Files.write(script, in.readAllBytes());
    }
    List<String> command = new ArrayList<>();
    command.add(Tools.folder().resolve("mlflow/bin/python").toString());
    command.add(script.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("MLFLOW_TRACKING_URI", platform.platform.url());
    builder.environment().put("MLFLOW_TRACKING_TOKEN", Objects.requireNonNull(caller.token()));
    builder.environment().put("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "1");
    // It looks for a repository of the program that runs, and for news of its makers.
    builder.environment().put("GIT_PYTHON_REFRESH", "quiet");
    builder.environment().put("MLFLOW_DISABLE_TELEMETRY", "true");
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    Files.delete(script);
    return output;
  }
}
