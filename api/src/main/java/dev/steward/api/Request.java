package dev.steward.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.model.Idempotent;
import dev.steward.model.OrganizationId;
import dev.steward.model.Problem;
import dev.steward.model.User;
import dev.steward.model.Violation;
import dev.steward.storage.Blobs;
import dev.steward.storage.ClockLog;
import dev.steward.storage.Own;
import dev.steward.storage.Rows;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a handler sees of a request. */
public final class Request {
  private static final Pattern WAIT = Pattern.compile("\\bwait=(\\d{1,3})\\b");
  private static final int LONGEST_WAIT = 60;
  private static final int LONGEST_KEY = 200;

  private final ServerRequest request;
  private final Operation operation;
  private final byte[] body;
  private final @Nullable Principal principal;
  private final String caller;
  private final Store store;
  private final InstantSource clock;
  private final int maxKeys;

  public Request(
      ServerRequest request,
      Operation operation,
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

  public Optional<String> query(String name) {
    return request.query().first(name).filter(value -> !value.isEmpty());
  }

  /** Where the request came from: an IPv4 address, or the /64 of an IPv6 one. */
  public String remote() {
    return caller;
  }

  public Optional<String> header(String name) {
    return request.headers().first(HeaderNames.create(name));
  }

  /** The query parameter as a whole number between the bounds. */
  public int number(String name, int otherwise, int min, int max) {
    return query(name)
        .map(text -> {
          try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) return value;
          } catch (NumberFormatException e) {
            // Falls through to the one message for both.
          }
          throw Problem.invalid(
              List.of(new Violation(name, "must be a whole number from " + min + " to " + max)));
        })
        .orElse(otherwise);
  }

  /** The body as this record, which must be the one that the operation declares. */
  public <T> T body(Class<T> type) {
    if (operation.body() != type)
      throw new IllegalStateException(operation.path() + " does not declare " + type);
    return Binder.bind(json(), type);
  }

  /** The body as it came. */
  public byte[] bytes() {
    return body;
  }

  /** The query as an object of texts; a name that comes several times is a list. */
  public <T> T query(Class<T> type) {
    ObjectNode fields = HttpJson.MAPPER.createObjectNode();
    for (String name : request.query().names()) {
      List<String> values = request.query().all(name);
      if (values.size() == 1) fields.put(name, values.getFirst());
      else values.forEach(fields.withArrayProperty(name)::add);
    }
    return Binder.bind(fields, type);
  }

  private JsonNode json() {
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
   * How long the caller will wait for work to finish: {@code Prefer: wait=10}, at most a minute.
   */
  public Duration patience(Duration otherwise) {
    Matcher wait = WAIT.matcher(header("Prefer").orElse(""));
    return wait.find()
        ? Duration.ofSeconds(Math.min(LONGEST_WAIT, Integer.parseInt(wait.group(1))))
        : otherwise;
  }

  /**
   * Writes once: the same Idempotency-Key with the same body is answered as before, in the same
   * transaction that the first one was written in.
   */
  public Reply once(Function<Transaction, Reply> change) {
    return once(own -> change, (t, same) -> same.apply(t));
  }

  /** Reads first, on a snapshot, what takes long: other writes wait for this one. */
  public <R> Reply once(Function<Own, R> read, BiFunction<Transaction, R, Reply> change) {
    Optional<String> given = header("Idempotency-Key");
    if (given.isEmpty()) {
      R known = read.apply(own());
      return store.write(t -> change.apply(t, known));
    }
    if (given.get().isEmpty() || given.get().length() > LONGEST_KEY)
      throw Problem.invalid(
          List.of(
              new Violation("Idempotency-Key", "must have 1 to " + LONGEST_KEY + " characters")));
    // Two people who happen to choose the same key have asked for two things.
    String owner = organization() + "/" + principal().user();
    String key = owner + "/" + operation.method() + " " + request.path().path() + "/" + given.get();
    String digest = Blobs.digest(body);
    // What is durable already needs no turn of the writer.
    Optional<Reply> settled = settled(store.state(), owner, key, digest);
    if (settled.isPresent()) return settled.get();
    R known = read.apply(own());
    return store.write(transaction -> {
      Optional<Reply> meanwhile = settled(transaction.state(), owner, key, digest);
      if (meanwhile.isPresent()) return meanwhile.get();
      Reply reply = change.apply(transaction, known);
      transaction.put(
          Tables.IDEMPOTENT,
          new Idempotent(
              key,
              digest,
              reply.status(),
              new String(reply.body(), StandardCharsets.UTF_8),
              ClockLog.stamp(transaction.state(), clock.instant())));
      return reply;
    });
  }

  /**
   * The answer to an earlier one; what was promised to earlier keys is not broken for later ones.
   */
  private Optional<Reply> settled(State state, String owner, String key, String digest) {
    Rows<Idempotent> keys = state.rows(Tables.IDEMPOTENT);
    Optional<Idempotent> before = keys.find(key);
    if (before.isEmpty() && keys.count("owner", owner) >= maxKeys)
      throw Problem.of(
          Problem.Type.TOO_MANY_REQUESTS,
          "you have used "
              + maxKeys
              + " Idempotency-Keys that are kept still; nothing was done: wait, or send fewer requests with one");
    return before.map(b -> repeat(b, digest));
  }

  private static Reply repeat(Idempotent before, String digest) {
    if (!before.digest().equals(digest))
      throw Problem.of(Problem.Type.CONFLICT, "this Idempotency-Key was used for another request");
    return new Reply(
        before.status(),
        Reply.JSON,
        before.body().getBytes(StandardCharsets.UTF_8),
        java.util.Map.of("Idempotent-Replayed", "true"));
  }
}
