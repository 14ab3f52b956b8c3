package dev.steward.storage;

import dev.steward.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Backups of a data folder, and exports of what is in it. Secrets stay sealed in both, and the
 * master key is in neither.
 */
public final class Archive {
  private static final List<String> PARTS = List.of("state", "blobs");

  private Archive() {}

  /** Writes one consistent archive while the store runs; writes wait meanwhile. */
  public static void backup(Store store, Path folder, Path archive) {
    store.paused(() -> zip(folder, archive));
  }

  private static void zip(Path folder, Path archive) {
    try (OutputStream file = Files.newOutputStream(archive, StandardOpenOption.CREATE_NEW);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (String part : PARTS) {
        Path top = folder.resolve(part);
        if (!Files.exists(top)) continue;
        try (var files = Files.walk(top)) {
          for (Path one :
              files
                  .filter(Files::isRegularFile)
                  .filter(f -> !f.toString().endsWith(".new"))
                  .toList()) {
            zip.putNextEntry(new ZipEntry(folder.relativize(one).toString()));
            Files.copy(one, zip);
            zip.closeEntry();
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the backup " + archive, e);
    }
  }

  /**
   * Unpacks an archive into a folder that is empty or missing.
   *
   * @throws StoreOpenException if the folder is not empty or the archive is not ours
   */
  public static void restore(Path archive, Path folder) {
    try (InputStream file = Files.newInputStream(archive);
        ZipInputStream zip = new ZipInputStream(file)) {
      Files.createDirectories(folder);
      try (var there = Files.list(folder)) {
        // The key may be put in place first.
        if (there.anyMatch(f -> !f.endsWith("master.key")))
          throw new StoreOpenException(
              "the folder " + folder + " is not empty; nothing was restored");
      }
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder) || PARTS.stream().noneMatch(entry.getName()::startsWith))
          throw new StoreOpenException(
              "the archive holds " + entry.getName() + ", which no backup has");
        Durably.write(target, zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot restore " + archive, e);
    }
  }

  /** Every row of every table as a line of JSON: {@code {"table": …, "row": …}}. */
  public static void export(State state, PrintStream out) {
    for (Table<?> table : Tables.ALL)
      state.rows(table).stream()
          .forEach(row ->
              out.print(
                  new String(
                          Json.bytes(Map.of("table", table.name(), "row", row)),
                          StandardCharsets.UTF_8)
                      + "\n"));
  }
}
