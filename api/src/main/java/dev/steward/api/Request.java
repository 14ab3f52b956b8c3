package dev.steward.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.OrganizationId;
import dev.steward.model.User;
import dev.steward.storage.Own;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request, as far as it does not depend on what its operation takes. */
public sealed class Request permits Invocation {
  private static final Pattern WAIT = Pattern.compile("\\bwait=(\\d{1,3})\\b");
  static final int LONGEST_WAIT = 60;

  /**
   * What all requests are served with.
   *
   * @param maxKeys Idempotency-Keys that are kept of one user
   * @param reads what reads each path, as {@link Operation#reads} finds it
   */
  public record Serving(
      Store store, InstantSource clock, int maxKeys, Map<String, Operation<?, ?>> reads) {
    public Serving {
      reads = Map.copyOf(reads);
    }
  }

  private final ServerRequest request;
  private final Operation<?, ?> operation;
  private final byte[] body;
  private final @Nullable Principal principal;
  private final Supplier<String> caller;
  private final Serving serving;
  private final @Nullable State seen;

  /**
   * @param caller where it came from, for who wants to know
   */
  public Request(
      ServerRequest request,
      Operation<?, ?> operation,
      byte[] body,
      @Nullable Principal principal,
      Supplier<String> caller,
      Serving serving) {
    this(request, operation, body, principal, caller, serving, null);
  }

  private Request(
      ServerRequest request,
      Operation<?, ?> operation,
      byte[] body,
      @Nullable Principal principal,
      Supplier<String> caller,
      Serving serving,
      @Nullable State seen) {
    this.request = request;
    this.operation = operation;
    this.body = body;
    this.principal = principal;
    this.caller = caller;
    this.serving = serving;
    this.seen = seen;
  }

  Request(Request same) {
    this(
        same.request,
        same.operation,
        same.body,
        same.principal,
        same.caller,
        same.serving,
        same.seen);
  }

  /** The same caller reading the same path, as it is in a transaction. */
  Request reading(Operation<?, ?> read, Transaction transaction) {
    return new Request(request, read, new byte[0], principal, caller, serving, transaction.state());
  }

  /** What reads the path that it changes; null where nothing does. */
  @Nullable Operation<?, ?> readBy() {
    return serving.reads().get(operation.path());
  }

  Operation<?, ?> operation() {
    return operation;
  }

  Store store() {
    return serving.store();
  }

  InstantSource clock() {
    return serving.clock();
  }

  /** How many Idempotency-Keys are kept of one user. */
  int maxKeys() {
    return serving.maxKeys();
  }

  /** The query by name, as it came. */
  Map<String, List<String>> queries() {
    // What was asked is asked of the change, and not of what it reads before.
    if (seen != null || request.query().rawValue().isEmpty()) return Map.of();
    Map<String, List<String>> given = new TreeMap<>();
    for (String name : request.query().names()) given.put(name, request.query().all(name));
    return given;
  }

  public Principal principal() {
    if (principal == null) throw new IllegalStateException("an open operation has no principal");
    return principal;
  }

  public OrganizationId organization() {
    return principal().organization();
  }

  /** What the caller sees, which is what is their organization's. */
  public Own own() {
    return (seen == null ? store().state() : seen).own(organization());
  }

  /** The same with what the transaction has written so far. */
  public Own own(Transaction transaction) {
    return transaction.own(organization());
  }

  /** The caller as a row of the store. */
  public User user(Own own) {
    return own.get(Tables.USERS, principal().user().value());
  }

  public String path(String name) {
    return request.path().pathParameters().get(name);
  }

  /** Where the request came from: an IPv4 address, or the /64 of an IPv6 one. */
  public String remote() {
    return caller.get();
  }

  public Optional<String> header(String name) {
    return request.headers().first(Headers.named(name));
  }

  /** Every value of a header; empty if it was not sent. */
  List<String> headers(String name) {
    return request.headers().all(Headers.named(name), List::of);
  }

  /** The body as it came. */
  byte[] bytes() {
    return body;
  }

  JsonNode json() {
    String text = Utf8.text(body, "the body").strip();
    // A login page posts a real form; curl -d posts JSON under a form's content type.
    boolean form =
        !text.isEmpty()
            && !text.startsWith("{")
            && contentType().startsWith("application/x-www-form-urlencoded");
    return form ? Form.parse(text) : JsonBody.parse(text);
  }

  String contentType() {
    return header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
  }

  /**
   * The media type that the caller would rather have, by {@code Accept}; the first where it is all
   * the same to them, or where they take none of these.
   */
  public String best(String... mediaTypes) {
    return request.headers().acceptedTypes().stream()
        .flatMap(wanted ->
            Arrays.stream(mediaTypes).filter(type -> wanted.test(MediaTypes.create(type))))
        .findFirst()
        .orElse(mediaTypes[0]);
  }

  /**
   * How long the caller will wait for work to finish: {@code Prefer: wait=10}, at most a minute.
   */
  public Duration patience(Duration otherwise) {
    Matcher wait = WAIT.matcher(header("Prefer").orElse(""));
    return wait.find()
        ? Duration.ofSeconds(Math.min(LONGEST_WAIT, Integer.parseInt(wait.group(1))))
        : otherwise;
  }
}
