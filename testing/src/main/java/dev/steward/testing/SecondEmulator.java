package dev.steward.testing;

import dev.steward.model.ChildProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * ministack, which evaluates trust policies, External IDs, signatures and IAM policies by code that
 * is not ours.
 */
public final class SecondEmulator implements AutoCloseable {
  private final Process process;
  private final URI endpoint;

  private SecondEmulator(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  public static SecondEmulator start() {
    Path program =
        Optional.ofNullable(System.getenv("STEWARD_SECOND_EMULATOR"))
            .map(Path::of)
            .orElse(Tools.folder().resolve("second-emulator/bin/ministack"));
    if (!Files.isExecutable(program))
      throw new IllegalStateException(
          "ministack is not installed at " + program + "; ./steward installs it");
    int port = Emulator.freePort();
    try {
      ProcessBuilder builder =
          ChildProcess.SECOND_EMULATOR
              .of(program.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD);
      builder.environment().put("AUTH", "true");
      builder.environment().put("BIND_HOST", "127.0.0.1");
      builder.environment().put("GATEWAY_PORT", Integer.toString(port));
      Process process = builder.start();
      SecondEmulator emulator = new SecondEmulator(process, URI.create("http://127.0.0.1:" + port));
      emulator.await(port);
      return emulator;
    } catch (IOException e) {
      throw new IllegalStateException("ministack did not start", e);
    }
  }

  private void await(int port) {
    for (int i = 0; i < 600; i++) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
        return;
      } catch (IOException notYet) {
        if (!process.isAlive()) throw new IllegalStateException("ministack ended at once", notYet);
        pause();
      }
    }
    close();
    throw new IllegalStateException("ministack did not answer");
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
