package dev.steward.bench.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * The way to AWS as a process of its own, {@code Relay PORT TARGET_PORT}, that can be killed in the
 * middle of any call. The emulator keeps its accounts in memory, so killing that would be the end
 * of the customers, which no platform has to survive.
 */
final class Relay {
  private Relay() {}

  public static void main(String[] arguments) throws IOException {
    int target = Integer.parseInt(arguments[1]);
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket door = new ServerSocket(Integer.parseInt(arguments[0]), 128, here)) {
      while (true) {
        Socket caller = door.accept();
        Thread.startVirtualThread(() -> join(caller, here, target));
      }
    }
  }

  private static void join(Socket caller, InetAddress host, int target) {
    try (caller;
        Socket server = new Socket(host, target)) {
      Thread back = Thread.startVirtualThread(() -> copy(server, caller));
      copy(caller, server);
      back.join();
    } catch (IOException broken) {
      // Both ends are closed, and each sees that.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
      to.shutdownOutput();
    } catch (IOException broken) {
      // The other direction ends as well.
    }
  }
}
