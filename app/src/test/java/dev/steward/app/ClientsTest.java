package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.testing.Tools;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The document as others read it: those who check documents find nothing in it, and clients that
 * generators make of it go from a log-in to an approved change.
 */
@SuppressWarnings("NullAway.Init")
final class ClientsTest {
  private static final String WALKED = "approved chg_[a-z0-9]+ 409\n";

  @TempDir static Path folder;
  private static Governed office;

  @BeforeAll
  static void start() throws IOException {
    office = new Governed();
    String document = office.platform.anybody.get("/openapi.json").text();
    Files.writeString(folder.resolve("openapi.json"), document);
    for (String name : List.of("lint.yaml", "python.yaml", "tsconfig.json", "walk.mts", "walk.py"))
      try (InputStream in =
          Objects.requireNonNull(ClientsTest.class.getResourceAsStream("/clients/" + name))) {
        Files.copy(in, folder.resolve(name));
      }
    Files.createSymbolicLink(folder.resolve("node_modules"), packages());
  }

  @AfterAll
  static void stop() {
    office.close();
  }

  private static Path packages() {
    return Tools.folder().toAbsolutePath().resolve("openapi-node/node_modules");
  }

  private static String python(String program, String... arguments)
      throws IOException, InterruptedException {
    return run(Tools.folder().toAbsolutePath().resolve("openapi/bin/" + program), arguments);
  }

  private static String node(String... arguments) throws IOException, InterruptedException {
    return run(packages().resolveSibling("node"), arguments);
  }

  /** What the program writes; it must end well. */
  private static String run(Path program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(Stream.of(program.toString()), Stream.of(arguments)).toList();
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "PYTHONDONTWRITEBYTECODE", "1",
                "PYTHONUTF8", "1",
                "REDOCLY_TELEMETRY", "off",
                "REDOCLY_SUPPRESS_UPDATE_NOTICE", "true"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(command + "\n" + output).isZero();
    return output;
  }

  @Test
  void theSpecificationsValidatorFindsNothing() throws Exception {
    assertThat(python("openapi-spec-validator", "openapi.json")).endsWith("OK\n");
  }

  @Test
  void redoclysLintFindsNothing() throws Exception {
    node("node_modules/@redocly/cli/bin/cli.js", "lint", "--config=lint.yaml", "openapi.json");
  }

  @Test
  void theClientInTypeScriptWorks() throws Exception {
    node("node_modules/openapi-typescript/bin/cli.js", "openapi.json", "-o", "api.d.ts");
    node("node_modules/typescript/bin/tsc", "--project", ".");
    assertThat(node("walk.mts", office.platform.platform.url())).matches(WALKED);
  }

  @Test
  void theClientInPythonWorks() throws Exception {
    python(
        "openapi-python-client",
        "generate",
        "--path=openapi.json",
        "--config=python.yaml",
        "--output-path=steward_client",
        "--meta=none",
        "--fail-on-warning");
    assertThat(python("python", "walk.py", office.platform.platform.url())).matches(WALKED);
  }
}
