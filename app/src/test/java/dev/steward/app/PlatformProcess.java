package dev.steward.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.storage.MasterKey;
import dev.steward.testing.ApiClient;
import dev.steward.testing.Emulator;
import dev.steward.workflows.Unbound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** {@code steward up} in a process of its own, that can be killed and started again. */
final class PlatformProcess implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 600;
  final Path folder;
  private final Map<String, String> options = new LinkedHashMap<>();
  private final int port = Emulator.freePort();
  private final int temporalPort = Emulator.freePort();
  private final Path output;
  private final Map<String, String> environment =
      new LinkedHashMap<>(
          Map.of("AWS_ACCESS_KEY_ID", "PLATFORMtest", "AWS_SECRET_ACCESS_KEY", "emulated"));
  private String umask = "";
  private @Nullable Process process;

  PlatformProcess(URI aws, Map<String, String> more) {
    try {
      folder = Files.createTempDirectory("steward-e2e");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    output = folder.resolve("output");
    options.putAll(
        Map.of(
            "data-folder",
            folder.resolve("data").toString(),
            "http-port",
            Integer.toString(port),
            "admin-port",
            Integer.toString(Emulator.freePort()),
            "temporal-port",
            Integer.toString(temporalPort),
            "temporal-ui-port",
            Integer.toString(Emulator.freePort()),
            "demo-users",
            "true",
            "aws-endpoint",
            aws.toString()));
    options.putAll(more);
  }

  PlatformProcess(URI aws) {
    this(aws, Map.of());
  }

  /** The platform's own AWS credentials. */
  PlatformProcess as(String key, String secret) {
    return with("AWS_ACCESS_KEY_ID", key).with("AWS_SECRET_ACCESS_KEY", secret);
  }

  /** A variable of its environment. */
  PlatformProcess with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** As whoever starts it without the launcher may have it. */
  PlatformProcess withUmask(String mask) {
    umask = "umask " + mask + "; ";
    return this;
  }

  PlatformProcess start() {
    launch();
    for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
      if (output().contains("Ready in")) return this;
      if (!running().isAlive()) throw new IllegalStateException("the platform ended: " + output());
      pause();
    }
    throw new IllegalStateException("the platform did not get ready: " + output());
  }

  /** Starts it and does not wait. */
  Process launch() {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", umask + "exec \"$@\"", "sh"));
    command.addAll(Launch.of("up"));
    options.forEach((name, value) -> command.add("--" + name + "=" + value));
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.to(output.toFile()));
      builder.environment().putAll(environment);
      builder.environment().putIfAbsent("STEWARD_TEMPORAL_CLI", Launch.TEMPORAL);
      process = builder.start();
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String output() {
    try {
      return Files.exists(output) ? Files.readString(output, StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process running() {
    Process known = process;
    if (known == null) throw new IllegalStateException("not started");
    return known;
  }

  /** As a power cut would: nothing gets to say goodbye. */
  void kill() {
    try {
      running().destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As an operator does: everything that it started ends with it. */
  void terminate() {
    ProcessHandle server = temporal();
    running().destroy();
    Children.awaitEnd(running().toHandle());
    if (!Children.ended(server)) throw new IllegalStateException("Temporal was left running");
  }

  /** Kills the Temporal server that the platform started, once there is one again. */
  void killTemporal() {
    for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
      if (temporal().destroyForcibly()) return;
      pause();
    }
    throw new IllegalStateException("the Temporal server does not end: " + output());
  }

  /** The Temporal server, once there is one: after each end the platform waits a moment longer. */
  ProcessHandle temporal() {
    for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
      ProcessHandle server = temporalIfThere();
      if (server != null) return server;
      pause();
    }
    throw new IllegalStateException("there is no Temporal server: " + output());
  }

  private @Nullable ProcessHandle temporalIfThere() {
    try {
      JsonNode note =
          dev.steward.model.Json.MAPPER.readTree(
              folder.resolve("data/temporal/server.json").toFile());
      return ProcessHandle.of(note.path("pid").asLong()).orElse(null);
    } catch (IOException none) {
      return null;
    }
  }

  String temporalAddress() {
    return "127.0.0.1:" + temporalPort;
  }

  /** Where the tools of Temporal have payloads sealed and opened. */
  String codecEndpoint() {
    return "http://127.0.0.1:" + options.get("admin-port") + "/codec";
  }

  /** The codec that the platform seals its payloads with. */
  SealedPayloadCodec codec() {
    return new SealedPayloadCodec(
        MasterKey.at(folder.resolve("data/master.key"), true),
        new Unbound(Instant.EPOCH, Instant.EPOCH, InstantSource.system()));
  }

  /** The admin port, with the token of the data folder. */
  ApiClient admin() {
    String bearer = AdminToken.read(folder.resolve("data")).orElseThrow().bearer();
    return ApiClient.at(URI.create("http://127.0.0.1:" + options.get("admin-port")))
        .withToken(bearer.substring("Bearer ".length()));
  }

  ApiClient anybody() {
    return Held.at(URI.create("http://127.0.0.1:" + port));
  }

  ApiClient user() {
    return anybody().as("test", "test");
  }

  static JsonNode await(ApiClient client, String path, Predicate<JsonNode> wanted) {
    JsonNode last = null;
    for (int i = 0; i < PATIENCE_SECONDS * 10; i++) {
      try {
        ApiClient.Answer answer = client.get(path);
        last = answer.json();
        if (answer.status() == 200 && wanted.test(last)) return last;
      } catch (UncheckedIOException restarting) {
        // The next try will tell.
      }
      pause();
    }
    String seen = String.valueOf(last);
    throw new IllegalStateException(
        path + " did not come to it: " + seen.substring(0, Math.min(1_000, seen.length())));
  }

  static JsonNode awaitDiscovery(ApiClient client, String account) {
    return await(
        client,
        "/onboarding/" + account + "/discovery",
        d -> !d.path("finished_at").isNull() && d.path("progress").asInt() == 100);
  }

  static JsonNode awaitScan(ApiClient client, String account) {
    return await(
            client,
            "/waste/scans?limit=1&account=" + account,
            s -> s.at("/items/0/finished_at").isTextual())
        .at("/items/0");
  }

  static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    Process known = process;
    ProcessHandle server =
        Files.exists(folder.resolve("data/temporal/server.json")) ? temporalIfThere() : null;
    if (known != null) kill();
    if (server != null) server.destroyForcibly();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    } catch (IOException | UncheckedIOException leftForTheSystem) {
      // The Temporal server may still be writing its last page.
    }
  }
}
