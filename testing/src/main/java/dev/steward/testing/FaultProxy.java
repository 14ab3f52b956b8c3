package dev.steward.testing;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Stands in front of the emulator, keeps what was asked, and makes calls fail as they do in life.
 */
public final class FaultProxy implements AutoCloseable {
  private static final Pattern SCOPE = Pattern.compile("Credential=([^/]+)/\\d+/([^/]+)/([^/]+)/");
  private static final Set<String> HOP =
      Set.of(
          "connection", "content-length", "host", "transfer-encoding", "upgrade", "expect", "date");
  private static final List<String> PAGE_TOKENS = List.of("NextToken", "Marker");

  private final URI target;
  private final HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofMinutes(1))
          .build();
  private final List<AwsCall> calls = new CopyOnWriteArrayList<>();
  private final List<Rule> rules = new CopyOnWriteArrayList<>();

  private record Rule(Predicate<AwsCall> when, Fault fault) {}

  private FaultProxy(URI target) throws IOException {
    this.target = target;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::pass);
    server.start();
  }

  public static FaultProxy before(URI target) {
    try {
      return new FaultProxy(target);
    } catch (IOException e) {
      throw new IllegalStateException("the proxy did not start", e);
    }
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Every call so far, in order. */
  public List<AwsCall> calls() {
    return List.copyOf(calls);
  }

  public void forgetCalls() {
    calls.clear();
  }

  /** From now on the calls that match meet the fault; the rule made last wins. */
  public FaultProxy when(Predicate<AwsCall> matches, Fault fault) {
    rules.addFirst(new Rule(matches, fault));
    return this;
  }

  public void healAll() {
    rules.clear();
  }

  private void pass(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    AwsCall call = call(exchange, body);
    calls.add(call);
    Optional<Fault> fault =
        rules.stream().filter(r -> r.when().test(call)).map(Rule::fault).findFirst();
    try (exchange) {
      if (fault.isEmpty()) forward(exchange, body, PASS);
      else meet(exchange, body, call, fault.get());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void meet(HttpExchange exchange, byte[] body, AwsCall call, Fault fault)
      throws IOException, InterruptedException {
    switch (fault) {
      case Fault.Throttle t -> answer(exchange, FaultShapes.throttle(call, contentType(exchange)));
      case Fault.Deny d -> answer(exchange, FaultShapes.deny(call, contentType(exchange)));
      case Fault.Refuse r ->
          answer(exchange, FaultShapes.error(call, contentType(exchange), r.status(), r.code()));
      case Fault.ServerError s ->
          answer(exchange, FaultShapes.serverError(call, contentType(exchange)));
      case Fault.Delay delay -> {
        TimeUnit.NANOSECONDS.sleep(delay.by().toNanos());
        forward(exchange, body, PASS);
      }
      case Fault.HalfBody h ->
          forward(exchange, body, answer -> new Sent(answer, answer.length / 2));
      case Fault.Replace r ->
          forward(
              exchange,
              body,
              answer -> {
                byte[] other =
                    new String(answer, StandardCharsets.UTF_8)
                        .replace(r.what(), r.by())
                        .getBytes(StandardCharsets.UTF_8);
                return new Sent(other, other.length);
              });
      case Fault.Answer a ->
          answer(exchange, new FaultShapes.Shape(200, "text/xml", "", a.xml().apply(call)));
      case Fault.Lost l -> carryOut(exchange, body);
      case Fault.Close c -> {
        // Closing the exchange without an answer closes the connection.
      }
    }
  }

  private static String contentType(HttpExchange exchange) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type")).orElse("");
  }

  private static void answer(HttpExchange exchange, FaultShapes.Shape shape) throws IOException {
    byte[] body = shape.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", shape.contentType());
    if (!shape.errorType().isEmpty())
      exchange.getResponseHeaders().set("x-amzn-ErrorType", shape.errorType());
    exchange.sendResponseHeaders(shape.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  /**
   * What goes back.
   *
   * @param length how much of it really goes
   */
  private record Sent(byte[] answer, int length) {}

  private static final Function<byte[], Sent> PASS = answer -> new Sent(answer, answer.length);

  private HttpResponse<byte[]> carryOut(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.resolve(exchange.getRequestURI().toString()))
            .method(
                exchange.getRequestMethod(),
                body.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (!HOP.contains(name.toLowerCase(java.util.Locale.ROOT)))
            values.forEach(value -> request.header(name, value));
        });
    // The signature covers the host; the emulator reads the scope only.
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private void forward(HttpExchange exchange, byte[] body, Function<byte[], Sent> way)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response = carryOut(exchange, body);
    Headers headers = exchange.getResponseHeaders();
    response
        .headers()
        .map()
        .forEach((name, values) -> {
          if (!HOP.contains(name.toLowerCase(java.util.Locale.ROOT)) && !name.startsWith(":"))
            headers.put(name, values);
        });
    Sent sent = way.apply(response.body());
    byte[] answer = sent.answer();
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(
        response.statusCode(), head || answer.length == 0 ? -1 : answer.length);
    if (head || answer.length == 0) return;
    exchange.getResponseBody().write(answer, 0, sent.length());
  }

  private static AwsCall call(HttpExchange exchange, byte[] body) {
    Matcher scope =
        SCOPE.matcher(
            Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse(""));
    boolean signed = scope.find();
    String key = signed ? scope.group(1) : "";
    String region = signed ? scope.group(2) : "";
    String service = signed ? scope.group(3) : "";
    String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    String text = new String(body, StandardCharsets.UTF_8);
    if (target != null)
      return new AwsCall(
          service, region, target.substring(target.lastIndexOf('.') + 1), jsonToken(text), key);
    if (contentType(exchange).contains("x-www-form-urlencoded")) {
      Map<String, String> form = form(text);
      String page =
          PAGE_TOKENS.stream()
              .map(form::get)
              .filter(java.util.Objects::nonNull)
              .findFirst()
              .orElse("");
      return new AwsCall(service, region, form.getOrDefault("Action", ""), page, key);
    }
    String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
    return new AwsCall(
        service,
        region,
        exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath(),
        query,
        key);
  }

  private static String jsonToken(String json) {
    Matcher token =
        Pattern.compile("\"(?:nextToken|ExclusiveStartTableName)\"\\s*:\\s*\"([^\"]*)\"")
            .matcher(json);
    return token.find() ? token.group(1) : "";
  }

  private static Map<String, String> form(String text) {
    return java.util.Arrays.stream(text.split("&", -1))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(
            Collectors.toMap(
                p -> p[0],
                p -> URLDecoder.decode(p[1], StandardCharsets.UTF_8),
                (a, b) -> a,
                TreeMap::new));
  }

  @Override
  public void close() {
    server.stop(0);
    client.close();
  }
}
