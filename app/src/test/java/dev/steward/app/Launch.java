package dev.steward.app;

import dev.steward.testing.Tools;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The command line that starts the product, as {@code ./steward} has it: from jars, with what it
 * needs loaded and linked before (JEP 483). Many tests do little else than start it, and a start
 * computes for less than half as long then.
 */
final class Launch {
  private static final List<String> FLAGS =
      List.of(
          "--add-exports",
          "java.base/jdk.internal.misc=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "--enable-native-access=ALL-UNNAMED",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx512m",
          // What the JVM itself has to say belongs to no answer.
          "-Xlog:disable",
          "-Xlog:all=error:stderr");

  static final String TEMPORAL = Tools.folder().resolve("temporal/bin/temporal").toString();

  /** The recordings of all test processes; the one of another build is removed. */
  private static final Path RECORDINGS = Path.of("target/launch").toAbsolutePath();

  private static @Nullable Path recording;

  private Launch() {}

  /** A command of the product, with its words and options. */
  static List<String> of(String... words) {
    List<String> command = new ArrayList<>(java(recorded()));
    command.add(Main.class.getName());
    command.addAll(List.of(words));
    return command;
  }

  private static List<String> java(@Nullable Path folder) {
    return folder == null
        ? java(List.of(), System.getProperty("java.class.path"))
        : java(List.of("-XX:AOTCache=" + cache(folder)), jars(folder));
  }

  private static List<String> java(List<String> more, String classPath) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(more);
    command.addAll(FLAGS);
    command.addAll(List.of("-cp", classPath));
    return command;
  }

  private static Path cache(Path folder) {
    return folder.resolve("steward.aot");
  }

  private static String jars(Path folder) {
    try {
      return Files.readString(folder.resolve("classpath"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder of what was recorded of this build; null while another process records it. */
  private static synchronized @Nullable Path recorded() {
    if (recording != null) return recording;
    try {
      Path folder = RECORDINGS.resolve(build());
      if (!Files.exists(cache(folder))) {
        Files.createDirectories(RECORDINGS);
        try (FileChannel file =
                FileChannel.open(
                    RECORDINGS.resolve("lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock lock = file.tryLock()) {
          if (lock == null) return null;
          if (!Files.exists(cache(folder))) record(folder);
        }
      }
      recording = folder;
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The product's classes and libraries; the tests' own come from folders of another name. */
  private static List<Path> entries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(Path::of)
        .filter(entry -> Files.exists(entry) && !entry.endsWith("test-classes"))
        .toList();
  }

  private static List<Path> files(Path entry) throws IOException {
    try (Stream<Path> all = Files.walk(entry)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** A name for the build: another file, or another state of one, gives another name. */
  private static String build() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path entry : entries())
      for (Path file : files(entry))
        all.append(file)
            .append(' ')
            .append(Files.size(file))
            .append(' ')
            .append(Files.getLastModifiedTime(file))
            .append('\n');
    return UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static void record(Path folder) throws IOException {
    try (Stream<Path> old = Files.walk(RECORDINGS)) {
      for (Path file : old.sorted(Comparator.reverseOrder()).toList())
        if (!file.equals(RECORDINGS) && !file.endsWith("lock")) Files.delete(file);
    }
    Files.createDirectories(folder);
    List<String> jars = new ArrayList<>();
    for (Path entry : entries())
      jars.add(
          Files.isDirectory(entry)
              ? jar(entry, folder.resolve("classes-" + jars.size() + ".jar"))
              : entry.toAbsolutePath().toString());
    String classPath = String.join(File.pathSeparator, jars);
    Files.writeString(folder.resolve("classpath"), classPath);
    Path recorded = folder.resolve("recording");
    List<String> command =
        new ArrayList<>(java(List.of("-XX:AOTCacheOutput=" + recorded), classPath));
    command.addAll(List.of(Main.class.getName(), "rehearse"));
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putIfAbsent("STEWARD_TEMPORAL_CLI", TEMPORAL);
    try {
      if (builder.start().waitFor() != 0 || !Files.exists(recorded))
        throw new IllegalStateException("nothing was recorded: " + Files.readString(output));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    Files.move(recorded, cache(folder));
  }

  private static String jar(Path classes, Path jar) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(jar));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(0);
      for (Path file : files(classes)) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    return jar.toString();
  }
}
