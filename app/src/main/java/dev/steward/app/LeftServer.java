package dev.steward.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Temporal server of an earlier start that is as we would start it. Whatever else runs on our
 * database is ended first, because two servers on one file lose what either writes: another
 * version's, and one whose platform was killed before it could note that it was there. Only what
 * surely is ours is ended; beside what is not nothing is started.
 */
record LeftServer(ProcessHandle process, int port, int uiPort) {
  private static final Logger LOG = LoggerFactory.getLogger(LeftServer.class);

  /**
   * @param wantedPort 0 for any
   * @throws StartException if somebody else's server runs on our database, or one does not end
   */
  static Optional<LeftServer> find(TemporalCommand command, int wantedPort, int wantedUiPort) {
    Path folder = command.folder();
    Optional<ServerNote> note = ServerNote.in(folder);
    if (note.filter(n -> !n.isFor(folder)).isPresent())
      LOG.info("{} is a copy: its server.json is another's", folder);
    Optional<LeftServer> noted =
        note.flatMap(n ->
            n.process(command)
                .map(process ->
                    new LeftServer(
                        process,
                        wantedPort == 0 ? n.port() : wantedPort,
                        wantedUiPort == 0 ? n.uiPort() : wantedUiPort)));
    Optional<LeftServer> taken = noted.filter(left -> left.runsAs(command));
    noted.filter(left -> taken.isEmpty()).ifPresent(left -> endOther(left.process()));
    ProcessHandle.allProcesses()
        .filter(p -> taken.filter(left -> left.process().equals(p)).isEmpty())
        .filter(p -> isOn(command, p))
        .toList()
        .forEach(p -> {
          // One that has ended meanwhile has none.
          List<String> arguments = ServerNote.arguments(p);
          if (!arguments.isEmpty() && !command.isOurs(arguments))
            throw new StartException(
                "process "
                    + p.pid()
                    + " runs on "
                    + command.database()
                    + ", and is no server of ours: end it first");
          endOther(p);
        });
    return taken;
  }

  private boolean runsAs(TemporalCommand command) {
    return ServerNote.arguments(process).equals(command.arguments(port, uiPort));
  }

  /**
   * Whether it runs on our database, and not on one that is only called the same where it is, or
   * that was moved away from here.
   *
   * @throws StartException if it may
   */
  static boolean isOn(TemporalCommand command, ProcessHandle process) {
    return isOn(command, process, Path.of("/proc"));
  }

  /**
   * @param system where the system shows what processes have
   */
  static boolean isOn(TemporalCommand command, ProcessHandle process, Path system) {
    if (!names(command, process)) return false;
    Path seen = system.resolve(Long.toString(process.pid()));
    // Where the system shows no more than the arguments there is one view of the files for all.
    if (!Files.exists(system.resolve("self/root"))) return true;
    try {
      return isSame(seen.resolve("root" + command.folder().toAbsolutePath()), command.folder())
          && !hasAnotherOpen(Files.list(seen.resolve("fd")), command.database());
    } catch (IOException unseen) {
      // One that has ended meanwhile shows nothing, and has no arguments any more.
      if (!names(command, process)) return false;
      throw new StartException(
          "process "
              + process.pid()
              + " may run on "
              + command.database()
              + ", and cannot be looked at: end it, or start as the user whose it is",
          unseen);
    }
  }

  private static boolean names(TemporalCommand command, ProcessHandle process) {
    return process.isAlive() && command.runsOnDatabase(ServerNote.arguments(process));
  }

  static boolean hasAnotherOpen(Stream<Path> open, Path database) throws IOException {
    try (open) {
      for (Path file : open.toList())
        if (isCalled(file, database.getFileName()) && !isSame(file, database)) return true;
      return false;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean isCalled(Path link, Path name) throws IOException {
    try {
      return Files.readSymbolicLink(link).endsWith(name);
    } catch (NoSuchFileException closed) {
      return false;
    }
  }

  private static boolean isSame(Path there, Path here) throws IOException {
    try {
      return Files.isSameFile(there, here);
    } catch (NoSuchFileException missing) {
      return false;
    }
  }

  private static void endOther(ProcessHandle server) {
    LOG.info("ending the Temporal server of process {}, which runs otherwise", server.pid());
    // One that is dead and that nobody has buried yet has no arguments.
    if (!end(server) && !ServerNote.arguments(server).isEmpty())
      throw new StartException("the Temporal server of process " + server.pid() + " does not end");
  }

  /** Asks it to end, then makes it. */
  static boolean end(ProcessHandle server) {
    server.destroy();
    if (ended(server)) return true;
    server.destroyForcibly();
    return ended(server);
  }

  private static boolean ended(ProcessHandle server) {
    try {
      server.onExit().get(5, TimeUnit.SECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return !server.isAlive();
    }
  }
}
