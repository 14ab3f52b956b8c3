package dev.steward.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.OrganizationId;
import dev.steward.model.User;
import dev.steward.storage.Own;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request, as far as it does not depend on what its operation takes. */
public sealed class Request permits Invocation {
  private static final Pattern WAIT = Pattern.compile("\\bwait=(\\d{1,3})\\b");
  static final int LONGEST_WAIT = 60;

  private final ServerRequest request;
  private final Operation<?, ?> operation;
  private final byte[] body;
  private final @Nullable Principal principal;
  private final String caller;
  private final Store store;
  private final InstantSource clock;
  private final int maxKeys;

  public Request(
      ServerRequest request,
      Operation<?, ?> operation,
      byte[] body,
      @Nullable Principal principal,
      String caller,
      Store store,
      InstantSource clock,
      int maxKeys) {
    this.request = request;
    this.operation = operation;
    this.body = body;
    this.principal = principal;
    this.caller = caller;
    this.store = store;
    this.clock = clock;
    this.maxKeys = maxKeys;
  }

  Request(Request same) {
    this(
        same.request,
        same.operation,
        same.body,
        same.principal,
        same.caller,
        same.store,
        same.clock,
        same.maxKeys);
  }

  Operation<?, ?> operation() {
    return operation;
  }

  Store store() {
    return store;
  }

  InstantSource clock() {
    return clock;
  }

  /** How many Idempotency-Keys are kept of one user. */
  int maxKeys() {
    return maxKeys;
  }

  /** The query by name, as it came. */
  Map<String, List<String>> queries() {
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
    return store.state().own(organization());
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
    return caller;
  }

  public Optional<String> header(String name) {
    return request.headers().first(HeaderNames.create(name));
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
