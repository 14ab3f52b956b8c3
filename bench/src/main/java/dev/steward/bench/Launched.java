package dev.steward.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.ChildProcess;
import dev.steward.model.Json;
import dev.steward.testing.ApiClient;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code steward up} in a process of its own, on free ports, before an emulated AWS. */
public record Launched(Process process, Path folder, URI url) implements AutoCloseable {
  /** The secret key of the platform's own credentials, which must show nowhere. */
  public static final String SECRET = "benchPlatformSecretKey";

  /** The lines of the generations in what jcmd says of the serial collector. */
  private static final Pattern USED =
      Pattern.compile("(?m)^\\s*(?:DefNew|Tenured)\\b.*used (\\d+)K");

  /** How the launcher has memory sized, so that what is measured here is what it starts. */
  private static final List<String> SIZES =
      List.of(
          "-XX:MinHeapFreeRatio=10",
          "-XX:MaxHeapFreeRatio=30",
          "-XX:-ShrinkHeapInSteps",
          "-XX:MetaspaceSize=128m");

  /** A platform on free ports, in a folder of its own. */
  static Launched before(URI aws, Path folder) throws IOException, InterruptedException {
    return before(aws, folder, Map.of());
  }

  /**
   * The same with further options, which win over those that benchmarks use. Started again in the
   * same folder it goes on with what is there.
   */
  public static Launched before(URI aws, Path folder, Map<String, String> more)
      throws IOException, InterruptedException {
    return of(home(), aws, folder, more, List.of());
  }

  /**
   * The same of another build.
   *
   * @param home the folder of its sources, in which it is packaged
   * @param jvm further options of the virtual machine
   */
  static Launched of(Path home, URI aws, Path folder, Map<String, String> more, List<String> jvm)
      throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Files.writeString(out, "");
    ProcessBuilder builder =
        new ProcessBuilder(command(home, aws, folder, more, jvm))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()));
    builder
        .environment()
        .putAll(Map.of("AWS_ACCESS_KEY_ID", "PLATFORMbench", "AWS_SECRET_ACCESS_KEY", SECRET));
    Process process = builder.start();
    while (true) {
      String text = Files.readString(out, StandardCharsets.UTF_8);
      if (text.contains("Ready in")) return new Launched(process, folder, url(text));
      if (!process.isAlive()) throw new IllegalStateException(text);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static URI url(String output) {
    String line = output.lines().filter(l -> l.startsWith("API")).findFirst().orElseThrow();
    return URI.create(line.split("\\s+", -1)[1]);
  }

  static Path home() {
    return Path.of(System.getenv().getOrDefault("STEWARD_HOME", ".")).toAbsolutePath();
  }

  private static List<String> command(
      Path home, URI aws, Path folder, Map<String, String> more, List<String> jvm)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "--add-exports",
                "java.base/jdk.internal.misc=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx1g"));
    command.addAll(SIZES);
    command.addAll(jvm);
    command.addAll(
        List.of(
            "-cp",
            home.resolve("app/target/steward-app.jar")
                + ":"
                + Files.readString(home.resolve("app/target/classpath")).strip(),
            "dev.steward.app.Main",
            "up"));
    Map<String, String> options = new LinkedHashMap<>();
    options.put("data-folder", folder.resolve("data").toString());
    options.put("demo-users", "true");
    options.put("aws-endpoint", aws.toString());
    options.put("aws-requests-per-second", "1000");
    for (String port : List.of("http", "admin", "temporal", "temporal-ui"))
      options.put(port + "-port", "0");
    options.putAll(more);
    options.forEach((name, value) -> command.add("--" + name + "=" + value));
    return command;
  }

  /** The processor time that it has used so far. */
  Duration used() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  public ApiClient as(String user) {
    return ApiClient.at(url).as(user, user);
  }

  /** Where its own Temporal listens. */
  String temporal() throws IOException {
    JsonNode note = Json.MAPPER.readTree(folder.resolve("data/temporal/server.json").toFile());
    return "127.0.0.1:" + note.path("port").asInt();
  }

  /** The heap that is used after a full collection, in bytes. */
  long heap() throws IOException, InterruptedException {
    told("GC.run");
    String info = told("GC.heap_info");
    long used = 0;
    Matcher line = USED.matcher(info);
    while (line.find()) used += Long.parseLong(line.group(1)) * 1024;
    if (used == 0) throw new IllegalStateException("the heap cannot be read from: " + info);
    return used;
  }

  /** What {@code jcmd} says of it. */
  String told(String... what) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home")).resolve("bin/jcmd").toString());
    command.add(Long.toString(process.pid()));
    command.addAll(List.of(what));
    return run(command.toArray(String[]::new));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process asked = ChildProcess.TOOL.of(command).redirectErrorStream(true).start();
    String text = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    asked.waitFor();
    return text;
  }

  static JsonNode await(ApiClient user, String path, Predicate<JsonNode> wanted)
      throws InterruptedException {
    while (true) {
      ApiClient.Answer answer = user.get(path);
      if (answer.status() == 200 && wanted.test(answer.json())) return answer.json();
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly();
  }
}
