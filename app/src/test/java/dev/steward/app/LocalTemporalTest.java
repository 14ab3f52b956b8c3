package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.model.ChildProcess;
import dev.steward.model.Json;
import dev.steward.testing.Emulator;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose server is taken over, and how one that does not stay is started again. */
final class LocalTemporalTest {
  private static final String CODEC = "http://127.0.0.1:1/codec";

  @TempDir Path top;
  private final List<ProcessHandle> left = new ArrayList<>();

  @AfterEach
  void endWhatIsLeft() {
    left.forEach(ProcessHandle::destroyForcibly);
    left.forEach(Children::awaitEnd);
  }

  private static LocalTemporal server(Path folder) {
    return new LocalTemporal(folder, 0, 0, false, CODEC);
  }

  /** A server as a killed platform leaves it, with the note that it wrote. */
  private ServerNote leftBehind(Path folder, boolean inMemory) throws IOException {
    Files.createDirectories(folder);
    int port = Emulator.freePort();
    int uiPort = Emulator.freePort();
    ProcessHandle process =
        ChildProcess.TEMPORAL
            .of(new TemporalCommand(folder, inMemory, CODEC).line(port, uiPort))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .toHandle();
    left.add(process);
    awaitAnswer(port);
    ServerNote note = ServerNote.of(process, port, uiPort, folder);
    note.write(folder);
    return note;
  }

  private static void awaitAnswer(int port) {
    for (int i = 0; i < 3_000; i++) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        if (socket.isConnected()) return;
      } catch (IOException notYet) {
        PlatformProcess.pause();
      }
    }
    throw new IllegalStateException("the server did not answer");
  }

  /** As older versions wrote it. */
  private static void writeShort(ServerNote note, Path folder) throws IOException {
    Files.write(
        ServerNote.file(folder),
        Json.bytes(Map.of("pid", note.pid(), "port", note.port(), "ui_port", note.uiPort())));
  }

  @Test
  void takesOverWhatAKilledPlatformLeft() throws Exception {
    Path folder = top.resolve("a");
    ServerNote note = leftBehind(folder, false);
    assertThat(server(folder).pid()).isEqualTo(note.pid());
    try (LocalTemporal taken = server(folder).start()) {
      assertThat(taken.pid()).isEqualTo(note.pid());
      assertThat(taken.address()).isEqualTo("127.0.0.1:" + note.port());
    }
    assertThat(Children.ended(left.getFirst())).isTrue();
    assertThat(ServerNote.file(folder)).doesNotExist();
  }

  /** The number and the ports are all that it noted, and it gave its server all that it had. */
  @Test
  void theServerOfAnOlderVersionIsEndedAndNotTakenOver() throws Exception {
    Path folder = top.resolve("a");
    ServerNote note = leftBehind(folder, false);
    writeShort(note, folder);
    try (LocalTemporal own = new LocalTemporal(folder, note.port(), 0, false, CODEC).start()) {
      assertThat(own.pid()).isNotEqualTo(note.pid());
      assertThat(processesOn(folder)).extracting(ProcessHandle::pid).containsExactly(own.pid());
    }
  }

  @Test
  void aServerThatNobodyNotedGetsNoneBesideIt() throws Exception {
    Path folder = top.resolve("a");
    leftBehind(folder, false);
    Files.delete(ServerNote.file(folder));
    try (LocalTemporal own = server(folder).start()) {
      assertThat(Children.ended(left.getFirst())).isTrue();
      assertThat(processesOn(folder)).extracting(ProcessHandle::pid).containsExactly(own.pid());
    }
  }

  @Test
  void whatRunsOnOurDatabaseAndIsNotOursRefusesTheStart() throws Exception {
    Path folder = Files.createDirectories(top.resolve("a"));
    int port = Emulator.freePort();
    List<String> line =
        new ArrayList<>(new TemporalCommand(folder, false, CODEC).line(port, Emulator.freePort()));
    line.subList(line.indexOf(CODEC) - 1, line.indexOf(CODEC) + 1).clear();
    left.add(ChildProcess.TEMPORAL.of(line).start().toHandle());
    awaitAnswer(port);
    assertThatThrownBy(() -> server(folder))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("process " + left.getFirst().pid())
        .hasMessageContaining("end it first");
    assertThat(left.getFirst().isAlive()).isTrue();
  }

  @Test
  void theServerOfAFolderThatWasMovedAwayIsLeftAlone() throws Exception {
    Path folder = top.resolve("a");
    leftBehind(folder, false);
    Files.move(folder, top.resolve("b"));
    try (LocalTemporal own = server(folder).start()) {
      assertThat(own.pid()).isNotEqualTo(left.getFirst().pid());
      assertThat(left.getFirst().isAlive()).isTrue();
    }
  }

  @Test
  void aCopiedFolderLeavesTheOriginalsServerAlone() throws Exception {
    Path folder = top.resolve("a");
    ServerNote note = leftBehind(folder, false);
    Path copy = top.resolve("b");
    Children.copy(folder, copy);
    assertThatThrownBy(() -> new LocalTemporal(copy, note.port(), 0, false, CODEC))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("port " + note.port() + " is in use");
    for (boolean old : new boolean[] {false, true}) {
      if (old) writeShort(note, copy);
      try (LocalTemporal own = server(copy).start()) {
        assertThat(own.pid()).isNotEqualTo(note.pid());
        assertThat(own.address()).isNotEqualTo("127.0.0.1:" + note.port());
      }
    }
    assertThat(left.getFirst().isAlive()).isTrue();
    assertThat(server(folder).pid()).isEqualTo(note.pid());
  }

  @Test
  void anotherProcessOfTheSameNumberIsNotOurs() throws Exception {
    Path folder = top.resolve("a");
    Files.createDirectories(folder);
    // Another installation's server, which is a Temporal server too.
    ServerNote other = leftBehind(top.resolve("b"), false);
    ServerNote before = ServerNote.of(ProcessHandle.current(), 1, 2, folder);
    new ServerNote(other.pid(), other.port(), other.uiPort(), before.folder(), before.started())
        .write(folder);
    try (LocalTemporal own = server(folder).start()) {
      assertThat(own.pid()).isNotEqualTo(other.pid());
    }
    assertThat(left.getFirst().isAlive()).isTrue();
  }

  /** It keeps nothing on disk: to go on with it would be to lose what is written from now on. */
  @Test
  void whatRunsOtherwiseIsEndedAndNotTakenOver() throws Exception {
    Path folder = top.resolve("a");
    ServerNote note = leftBehind(folder, true);
    try (LocalTemporal own = new LocalTemporal(folder, note.port(), 0, false, CODEC).start()) {
      assertThat(own.pid()).isNotEqualTo(note.pid());
      assertThat(Children.ended(left.getFirst())).isTrue();
      assertThat(folder.resolve("temporal.db")).exists();
    }
  }

  @Test
  void whatDoesNotStayIsStartedAgainEverMoreSeldomAndStopsAtOnce() throws Exception {
    Path folder = top.resolve("a");
    LocalTemporal server = server(folder).start();
    Path database = folder.resolve("temporal.db");
    noServerCanOpen(database);
    long began = System.nanoTime();
    ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
    int rounds = 6;
    awaitStarts(server, 1 + rounds);
    // 100 ms, 200 ms, … before the starts after the first: load makes it longer, never shorter.
    long pauses = Restarts.FIRST.toMillis() * ((1 << rounds) - 1);
    assertThat(Duration.ofNanos(System.nanoTime() - began).toMillis())
        .isGreaterThanOrEqualTo(pauses);
    assertThat(server.problem().orElseThrow())
        .contains("in a row")
        .contains("unable to open database")
        .contains("server.log");
    // What was wrong is mended: it comes back by itself.
    Files.delete(database);
    int port = Integer.parseInt(server.address().split(":", -1)[1]);
    awaitAnswer(port);
    noServerCanOpen(database);
    ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
    awaitStarts(server, server.starts() + 2);
    long closing = System.nanoTime();
    server.close();
    assertThat(Duration.ofNanos(System.nanoTime() - closing)).isLessThan(Duration.ofMinutes(1));
    assertThat(processesOn(folder)).isEmpty();
  }

  /** Also while one has it open, which notices nothing. */
  private static void noServerCanOpen(Path database) throws IOException {
    for (String end : List.of("", "-wal", "-shm"))
      Files.deleteIfExists(database.resolveSibling(database.getFileName() + end));
    Files.createDirectory(database);
  }

  private static void awaitStarts(LocalTemporal server, int wanted) {
    for (int i = 0; i < 3_000 && server.starts() < wanted; i++) PlatformProcess.pause();
    assertThat(server.starts()).isGreaterThanOrEqualTo(wanted);
  }

  @Test
  void pausesGrowToABoundAndAreToldOnce() {
    Restarts restarts = new Restarts();
    List<Long> told = new ArrayList<>();
    for (int i = 0; i < 100; i++)
      if (restarts.ended(Duration.ofSeconds(1))) told.add(restarts.pause().toMillis());
    assertThat(told)
        .containsExactly(100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 12_800L, 25_600L, 30_000L);
    assertThat(restarts.inARow()).isEqualTo(100);
    // One that ran well for long is back at once, however often it has died before.
    assertThat(restarts.ended(Restarts.SOUND)).isTrue();
    assertThat(restarts.pause()).isEqualTo(Restarts.FIRST);
  }

  /** Control-C reaches both: the server is dead when we are told to close. */
  @Test
  void nothingIsStartedAgainWhileItCloses() {
    for (int round = 0; round < 5; round++) {
      Path folder = top.resolve("a" + round);
      LocalTemporal server = server(folder).start();
      ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
      if (round > 0) awaitStarts(server, round % 2 + 1);
      server.close();
      assertThat(processesOn(folder)).isEmpty();
    }
  }

  @Test
  void oneThatIsClosedWhileItStartsLeavesNothing() throws Exception {
    Path folder = top.resolve("a");
    LocalTemporal server = server(folder);
    CompletableFuture<LocalTemporal> starting = CompletableFuture.supplyAsync(server::start);
    for (int i = 0; i < 3_000 && server.starts() == 0; i++) TimeUnit.MILLISECONDS.sleep(1);
    server.close();
    try {
      starting.get(5, TimeUnit.MINUTES);
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(StartException.class);
    }
    assertThat(processesOn(folder)).isEmpty();
  }

  private static List<ProcessHandle> processesOn(Path folder) {
    TemporalCommand command = new TemporalCommand(folder, false, CODEC);
    return ProcessHandle.allProcesses()
        .filter(p -> command.runsOnDatabase(ServerNote.arguments(p)) && !Children.ended(p))
        .toList();
  }
}
