package dev.steward.storage;

import dev.steward.model.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Backups of a data folder, and exports of what is in it. Secrets stay sealed in both, and the
 * master key is in neither.
 */
public final class Archive {
  private Archive() {}

  /**
   * Writes one consistent archive while the store runs; writes wait meanwhile. Its first entry is
   * the manifest, with the size and digest of each of the others. What fails leaves no file.
   */
  public static void backup(Store store, Path folder, Path archive) {
    if (Files.exists(archive))
      throw new UncheckedIOException(new FileAlreadyExistsException(archive.toString()));
    Path part = archive.resolveSibling(archive.getFileName() + ".part");
    try {
      store.paused(() -> zip(folder, part));
      Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
      Path above = archive.toAbsolutePath().getParent();
      if (above != null) Durably.forceFolder(above);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the backup " + archive, e);
    } finally {
      discard(part);
    }
  }

  private static void discard(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + part, e);
    }
  }

  private static void zip(Path folder, Path archive) {
    try (FileChannel file = Private.create(archive);
        ZipOutputStream zip = new ZipOutputStream(Channels.newOutputStream(file))) {
      Manifest manifest = Manifest.of(folder);
      zip.putNextEntry(new ZipEntry(Manifest.NAME));
      zip.write(manifest.bytes());
      zip.closeEntry();
      for (Manifest.Part part : manifest.parts()) {
        zip.putNextEntry(new ZipEntry(part.path()));
        Files.copy(folder.resolve(part.path()), zip);
        zip.closeEntry();
      }
      zip.finish();
      file.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the backup " + archive, e);
    }
  }

  /**
   * Unpacks an archive into a folder that is empty or missing; the master key may be there.
   *
   * @param unverified whether to take an archive of before there were manifests
   * @throws StoreOpenException if the folder is not empty, or the archive is not whole or not ours;
   *     then nothing was written
   */
  public static void restore(Path archive, Path folder, boolean unverified) {
    new Restoration(archive, folder.toAbsolutePath().normalize(), unverified).run();
  }

  /** Every row of every table as a line of JSON: {@code {"table": …, "row": …}}. */
  public static void export(State state, PrintStream out) {
    for (Table<?> table : Tables.ALL) export(table, state.rows(table).stream(), out);
  }

  /** The same of what is one organization's. */
  public static void export(Own own, PrintStream out) {
    for (Table<?> table : Tables.ALL) export(table, own.all(table), out);
  }

  private static void export(Table<?> table, Stream<?> rows, PrintStream out) {
    rows.forEach(row ->
        out.print(
            new String(
                    Json.bytes(Map.of("table", table.name(), "row", row)), StandardCharsets.UTF_8)
                + "\n"));
  }
}
