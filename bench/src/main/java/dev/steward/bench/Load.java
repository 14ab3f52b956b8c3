package dev.steward.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The same request over and over, on connections that stay open. */
record Load(int port, String path, String token) {

  /**
   * @param requests how many were answered 200; any other answer ends the bench
   * @param p99 milliseconds, as the caller sees them
   */
  record Round(long requests, double seconds, double p99) {
    double rate() {
      return requests / seconds;
    }
  }

  Round run(int connections, Duration time) throws Exception {
    byte[] request =
        ("GET "
                + path
                + " HTTP/1.1\r\nHost: bench\r\n"
                + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n")
                + "\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    long end = System.nanoTime() + time.toNanos();
    List<Callable<double[]>> clients = new ArrayList<>();
    for (int i = 0; i < connections; i++) clients.add(() -> ask(request, end));
    List<Double> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      for (var answers : threads.invokeAll(clients))
        for (double millis : answers.get()) all.add(millis);
    }
    Measurements measured =
        new Measurements(all.stream().mapToDouble(Double::doubleValue).toArray());
    return new Round(all.size(), time.toNanos() / 1e9, measured.quantile(0.99));
  }

  private double[] ask(byte[] request, long end) throws IOException {
    List<Double> millis = new ArrayList<>();
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream(), 65_536);
      do {
        long began = System.nanoTime();
        socket.getOutputStream().write(request);
        read(in);
        millis.add((System.nanoTime() - began) / 1e6);
      } while (System.nanoTime() < end);
    }
    return millis.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static void read(InputStream in) throws IOException {
    int length = -1;
    String status = line(in);
    if (!status.contains(" 200 ")) throw new IOException("answered " + status);
    for (String header = line(in); !header.isEmpty(); header = line(in))
      if (header.toLowerCase(Locale.ROOT).startsWith("content-length:"))
        length = Integer.parseInt(header.substring(15).strip());
    if (length < 0) throw new IOException("the answer does not say how long it is");
    if (in.readNBytes(length).length != length) throw new IOException("the answer broke off");
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) throw new IOException("the connection closed");
      if (c != '\r') line.append((char) c);
    }
    return line.toString();
  }
}
