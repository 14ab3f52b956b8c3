package dev.steward.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.steward.model.Ids;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Secrets;
import dev.steward.storage.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that says what a test wrote down for it, one answer after the other, and keeps what it
 * was asked; with our access to it. Sessions it gives out by itself.
 */
final class FakeAws implements AutoCloseable {
  static final String REGION = "us-east-1";

  /** An answer; with status 0 the connection is closed without one. */
  record Said(int status, String body) {}

  /**
   * @param key the access key that signed it
   * @param form its parameters, or {@code body} alone where it is no form
   */
  record Asked(String action, String key, Map<String, String> form) {
    String get(String name) {
      return form.getOrDefault(name, "");
    }
  }

  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Map<String, Deque<Said>> answers = new ConcurrentHashMap<>();
  private final AtomicInteger sessions = new AtomicInteger();
  private final Store store;
  final AwsAccess access;

  FakeAws(Path folder) {
    System.setProperty("aws.accessKeyId", "PLATFORM");
    System.setProperty("aws.secretAccessKey", "secret");
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    store = Store.open(folder.resolve("data"));
    URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    access =
        new AwsAccess(
            store,
            new Secrets(MasterKey.at(folder.resolve("key"), false), Ids.random()),
            new AwsSettings(endpoint, REGION, 100, 10_000),
            new CallLimiter(10_000));
  }

  /** The next answers to the action, in this order; the last one is said again and again. */
  FakeAws says(String action, Said... said) {
    answers.put(action, new ArrayDeque<>(List.of(said)));
    return this;
  }

  /** It gives out sessions by itself again. */
  void unsay(String action) {
    answers.remove(action);
  }

  static Said ok(String body) {
    return new Said(200, body);
  }

  /** A refusal in the words of EC2. */
  static Said refused(int status, String code) {
    return new Said(
        status,
        "<Response><Errors><Error><Code>%s</Code><Message>m</Message></Error></Errors></Response>"
            .formatted(code));
  }

  static Said closed() {
    return new Said(0, "");
  }

  List<Asked> asked(String action) {
    return asked.stream().filter(a -> a.action().equals(action)).toList();
  }

  void forget() {
    asked.clear();
  }

  RegionClients clients(Connection connection) {
    return new RegionClients(access, connection, REGION);
  }

  /** To an account that nobody has asked before. */
  static Connection connection(String account) {
    return new Connection(
        "acc_" + account,
        "org_fake",
        "arn:aws:iam::" + account + ":role/steward",
        "ext_fake",
        null,
        List.of("ec2:DescribeVolumes", "ec2:DescribeTags", "cloudwatch:GetMetricData", "s3:Get*"),
        Rank.BULK);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Asked call = asked(exchange, body);
    asked.add(call);
    Deque<Said> queue = answers.get(call.action());
    Said said =
        queue == null
            ? call.action().equals("AssumeRole") ? session() : refused(400, "InvalidAction")
            : next(queue);
    try (exchange) {
      if (said.status() == 0) return;
      byte[] bytes = said.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/xml");
      exchange.sendResponseHeaders(said.status(), bytes.length == 0 ? -1 : bytes.length);
      if (bytes.length > 0) exchange.getResponseBody().write(bytes);
    }
  }

  private static Said next(Deque<Said> queue) {
    synchronized (queue) {
      return queue.size() > 1 ? queue.removeFirst() : queue.getFirst();
    }
  }

  private Said session() {
    return ok(
        """
        <AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>SESSION%s</AccessKeyId>
        <SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
        <Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>
        """
            .formatted(String.valueOf(sessions.incrementAndGet())));
  }

  private static Asked asked(HttpExchange exchange, String body) {
    String signed = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    String key = signed.replaceFirst(".*Credential=([^/]+)/.*", "$1");
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    if (target != null)
      return new Asked(target.substring(target.indexOf('.') + 1), key, Map.of("body", body));
    Map<String, String> form = new TreeMap<>();
    for (String pair : body.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2)
        form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return new Asked(form.getOrDefault("Action", ""), key, form);
  }

  @Override
  public void close() {
    access.close();
    store.close();
    server.stop(0);
  }
}
