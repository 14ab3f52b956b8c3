package dev.steward.app;

import dev.steward.api.Reply;
import dev.steward.model.Problem;
import dev.steward.model.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Where a running installation writes its backups, and nowhere else. */
final class BackupFolder {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.zip");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", java.util.Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Path folder;
  private final Consumer<Path> backup;
  private final InstantSource clock;

  /**
   * @param backup writes an archive to a path where nothing is
   */
  BackupFolder(Path folder, Consumer<Path> backup, InstantSource clock) {
    this.folder = folder;
    this.backup = backup;
    this.clock = clock;
  }

  /**
   * Writes a backup.
   *
   * @param body the name of the archive; empty for one made of the time
   */
  Reply write(byte[] body) {
    String given = new String(body, StandardCharsets.UTF_8).strip();
    String name = given.isEmpty() ? "steward-" + STAMP.format(clock.instant()) + ".zip" : given;
    if (!NAME.matcher(name).matches())
      throw Problem.invalid(
          List.of(
              new Violation(
                  "name",
                  "must be a file name of letters, digits, dots, underscores and dashes that ends in .zip; backups are written into "
                      + folder)));
    Path target = prepared().resolve(name);
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS))
      throw Problem.of(Problem.Type.CONFLICT, target + " exists already");
    backup.accept(target);
    return Reply.ok(Map.of("file", target.toString()));
  }

  /** The folder as it really is, which links above it may say; itself it is no link. */
  private Path prepared() {
    try {
      if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS))
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
        throw Problem.of(
            Problem.Type.CONFLICT, folder + " is no folder; name another with backup.folder");
      return folder.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the backup folder " + folder, e);
    }
  }
}
