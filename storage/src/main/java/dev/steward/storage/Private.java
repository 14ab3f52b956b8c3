package dev.steward.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files of mode 0600 in folders of mode 0700, whatever the umask is; where the file system has no
 * such modes, files as they come.
 */
public final class Private {
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private Private() {}

  /** Makes the folder and those above it that are missing; one that is there stays as it is. */
  public static void folder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) return;
    Path above = folder.toAbsolutePath().getParent();
    if (above != null) folder(above);
    try {
      Files.createDirectory(folder, modes(above, FOLDER));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) throw e;
    }
  }

  /** Makes the file if it is missing, for others to write to; one that is there stays as it is. */
  public static void file(Path file) throws IOException {
    if (Files.exists(file)) return;
    Files.createFile(file, modes(file.toAbsolutePath().getParent(), FILE));
  }

  /** Opens a file anew for writing. */
  static FileChannel create(Path file) throws IOException {
    Set<OpenOption> options =
        Set.of(
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    FileChannel channel =
        FileChannel.open(file, options, modes(file.toAbsolutePath().getParent(), FILE));
    tightenOne(file);
    return channel;
  }

  private static FileAttribute<?>[] modes(@Nullable Path in, Set<PosixFilePermission> modes) {
    return in != null && Files.getFileAttributeView(in, PosixFileAttributeView.class) != null
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(modes)}
        : new FileAttribute<?>[0];
  }

  /** Takes from everybody else whatever rights they have in the folder; links are not followed. */
  public static void tighten(Path folder) {
    if (!Files.exists(folder)) return;
    try (var all = Files.walk(folder)) {
      for (Path one : (Iterable<Path>) all::iterator) tightenOne(one);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot set the modes of the files in " + folder, e);
    }
  }

  private static void tightenOne(Path one) throws IOException {
    if (Files.isSymbolicLink(one)) return;
    PosixFileAttributeView view =
        Files.getFileAttributeView(one, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null) return;
    try {
      var is = view.readAttributes();
      Set<PosixFilePermission> wanted = is.isDirectory() ? FOLDER : FILE;
      // By its path and not by the view, which opens the file: closing a file lets go of every lock
      // that this process has on it, and one of them holds the data folder.
      if (!wanted.containsAll(is.permissions())) Files.setPosixFilePermissions(one, wanted);
    } catch (NoSuchFileException e) {
      // A file that has just gone gives nothing away.
      return;
    }
  }
}
