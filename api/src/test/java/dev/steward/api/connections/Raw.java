package dev.steward.api.connections;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Somebody who speaks HTTP by hand. */
public final class Raw implements AutoCloseable {
  /** Nothing here waits for so long, unless it is broken. */
  private static final int PATIENCE = 120_000;

  private final Socket socket;

  public Raw(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE);
  }

  /** Sends it, whether or not anybody listens still. */
  public Raw says(String text) {
    return says(text.getBytes(StandardCharsets.UTF_8));
  }

  public Raw says(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException gone) {
      // What the other end has said until then can still be read.
      return this;
    }
    return this;
  }

  public Raw saysNoMore() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** All that comes until the other end closes. */
  public String hears() {
    StringBuilder heard = new StringBuilder();
    try {
      InputStream in = socket.getInputStream();
      for (int b = in.read(); b >= 0; b = in.read()) heard.append((char) b);
    } catch (IOException reset) {
      return heard.append("<reset>").toString();
    }
    return heard.toString();
  }

  /** One answer, or nothing if none comes so soon; who said something waits for it still. */
  public String hearsWithin(Duration time) throws IOException {
    socket.setSoTimeout(Math.toIntExact(time.toMillis()));
    try {
      return hearsOne();
    } catch (SocketTimeoutException none) {
      return "";
    } finally {
      socket.setSoTimeout(PATIENCE);
    }
  }

  /** One answer with a length; the connection stays open. */
  public String hearsOne() throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder heard = new StringBuilder();
    while (!heard.toString().endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) return heard.toString();
      heard.append((char) b);
    }
    java.util.regex.Matcher length =
        java.util.regex.Pattern.compile("(?i)content-length: *(\\d+)").matcher(heard);
    if (length.find())
      heard.append(
          new String(
              in.readNBytes(Integer.parseInt(length.group(1))), StandardCharsets.ISO_8859_1));
    return heard.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
