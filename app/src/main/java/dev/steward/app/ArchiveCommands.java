package dev.steward.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.OrganizationId;
import dev.steward.storage.Archive;
import dev.steward.storage.Store;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands on a data folder. */
final class ArchiveCommands {
  private ArchiveCommands() {}

  @Command(
      name = "backup",
      description =
          "Writes one consistent archive, of a running installation too. The master key is not in it.",
      mixinStandardHelpOptions = true)
  static final class Backup implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "the archive; must not exist")
    private Path file = Path.of("");

    @Option(
        names = "--data-folder",
        defaultValue = "data/steward",
        description = "of the installation, which may run (${DEFAULT-VALUE})")
    private Path folder = Path.of("");

    @Option(
        names = "--admin-port",
        defaultValue = "8001",
        description = "its admin port, if it runs (${DEFAULT-VALUE})")
    private int adminPort;

    @Override
    public Integer call() throws IOException, InterruptedException {
      Path target = file.toAbsolutePath();
      if (Files.exists(target)) throw new StartException(target + " exists already");
      if (!askRunning(target))
        try (Store store = Store.open(existing(folder))) {
          Archive.backup(store, folder, target);
        }
      System.out.println("wrote " + target + "; keep the master key beside it, not in it");
      return 0;
    }

    /** The running one writes where its setting says; from there it is brought to its place. */
    private boolean askRunning(Path target) throws IOException, InterruptedException {
      Optional<JsonNode> written =
          new RunningInstallation(folder, adminPort).ask("POST", "/backup");
      if (written.isEmpty()) return false;
      Path file = Path.of(written.get().path("file").asText());
      try {
        Files.move(file, target);
      } catch (IOException e) {
        throw new StartException(
            "the backup is at " + file + "; it cannot be moved to " + target, e);
      }
      return true;
    }
  }

  @Command(
      name = "restore",
      description = {
        "Unpacks an archive into an empty folder.",
        "It is checked first; what is not whole is refused, and leaves nothing behind."
      },
      mixinStandardHelpOptions = true)
  static final class Restore implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "the archive")
    private Path file = Path.of("");

    @Option(
        names = "--data-folder",
        defaultValue = "data/steward",
        description = "where to (${DEFAULT-VALUE})")
    private Path folder = Path.of("");

    @Option(
        names = "--unverified",
        description =
            "take an archive that has no manifest, as older versions wrote; nothing tells then whether it is complete")
    private boolean unverified;

    @Override
    public Integer call() {
      if (!Files.exists(file)) throw new StartException("there is no file " + file);
      Archive.restore(file, folder.toAbsolutePath(), unverified);
      // Opened once, so that an archive which cannot be read is told now.
      Store.open(folder).close();
      System.out.println(
          "restored into "
              + folder
              + "; what was under way goes on when it is started. Put the master key into it before you start");
      return 0;
    }
  }

  @Command(
      name = "export",
      description =
          "Writes every table of a stopped installation as JSON Lines to the standard output.",
      mixinStandardHelpOptions = true)
  static final class Export implements Callable<Integer> {
    @Option(
        names = "--data-folder",
        defaultValue = "data/steward",
        description = "where from (${DEFAULT-VALUE})")
    private Path folder = Path.of("");

    @Option(
        names = "--organization",
        converter = OfOrganization.class,
        description = "only what is this one's; everything without")
    private @Nullable OrganizationId organization;

    @Override
    public Integer call() {
      try (Store store = Store.open(existing(folder));
          PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8)) {
        if (organization == null) Archive.export(store.state(), out);
        else Archive.export(store.state().own(organization), out);
      }
      return 0;
    }
  }

  /** An id as it is given. */
  static final class OfOrganization implements ITypeConverter<OrganizationId> {
    @Override
    public OrganizationId convert(String id) {
      return new OrganizationId(id);
    }
  }

  private static Path existing(Path folder) {
    if (!Files.exists(folder.resolve("state")))
      throw new StartException("there is no installation in " + folder);
    return folder;
  }
}
