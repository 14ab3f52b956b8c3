package dev.steward.api;

import dev.steward.domain.governance.desk.OvertakenException;
import dev.steward.model.Idempotent;
import dev.steward.model.Problem;
import dev.steward.model.Violation;
import dev.steward.storage.Blobs;
import dev.steward.storage.ClockLog;
import dev.steward.storage.Rows;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes once: the same Idempotency-Key with the same request is answered as before, and what was
 * answered is kept in the transaction that it was done in.
 */
public final class Once {
  static final String HEADER = "Idempotency-Key";
  static final int LONGEST = 200;

  /** Of an answer to a key, that it was given before. */
  static final String REPLAYED = "Idempotent-Replayed";

  /**
   * What was done.
   *
   * @param kept the body that whoever asks again gets, which holds no secret
   * @param subject the key of the row that it is about, where its path has one
   */
  record Done(Reply reply, byte[] kept, @Nullable String subject) {}

  private final Request request;
  private final @Nullable String located;

  /**
   * @param located the path of what is made, with {@code {id}} for its key
   */
  Once(Request request, @Nullable String located) {
    this.request = request;
    this.located = located;
  }

  static void check(Request request, List<Violation> violations) {
    request
        .header(HEADER)
        .filter(key -> key.isEmpty() || key.length() > LONGEST)
        .ifPresent(key ->
            violations.add(new Violation(HEADER, "must have 1 to " + LONGEST + " characters")));
  }

  /**
   * Does it, unless it was done.
   *
   * @param read reads first, on a snapshot, what takes long: other writes wait for this one. What
   *     was overtaken meanwhile is read again
   */
  <K> Done write(Supplier<K> read, BiFunction<Transaction, K, Done> change) {
    return OvertakenException.again(() -> attempt(read, change));
  }

  private <K> Done attempt(Supplier<K> read, BiFunction<Transaction, K, Done> change) {
    Store store = request.store();
    Optional<String> given = request.header(HEADER);
    if (given.isEmpty()) {
      K known = read.get();
      return store.write(t -> change.apply(t, known));
    }
    // Two people who happen to choose the same key have asked for two things.
    String owner = request.organization() + "/" + request.principal().user();
    String key = owner + "/" + asked() + "/" + given.get();
    String digest = digest();
    // What is durable already needs no turn of the writer.
    Optional<Done> settled = settled(store.state(), owner, key, digest);
    if (settled.isPresent()) return settled.get();
    K known = read.get();
    return store.write(transaction -> {
      Optional<Done> meanwhile = settled(transaction.state(), owner, key, digest);
      if (meanwhile.isPresent()) return meanwhile.get();
      Done done = change.apply(transaction, known);
      transaction.put(
          Tables.IDEMPOTENT,
          new Idempotent(
              key,
              digest,
              done.reply().status(),
              new String(done.kept(), StandardCharsets.UTF_8),
              ClockLog.stamp(transaction.state(), request.clock().instant()),
              done.subject()));
      return done;
    });
  }

  /** The operation with what its path names, however the path was written. */
  private String asked() {
    Operation<?, ?> operation = request.operation();
    return operation.method() + " " + operation.filled(request::path);
  }

  /** Of all that was asked: the body, and the query where there is one. */
  private String digest() {
    String query = Query.canonical(request.queries());
    String body = Blobs.digest(request.bytes());
    return query.isEmpty()
        ? body
        : Blobs.digest((body + "\n" + query).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The answer to an earlier one; what was promised to earlier keys is not broken for later ones.
   */
  private Optional<Done> settled(State state, String owner, String key, String digest) {
    Rows<Idempotent> keys = state.rows(Tables.IDEMPOTENT);
    Optional<Idempotent> before = keys.find(key);
    if (before.isEmpty() && keys.count("owner", owner) >= request.maxKeys())
      throw Problem.of(
          Problem.Type.TOO_MANY_REQUESTS,
          "you have used "
              + request.maxKeys()
              + " Idempotency-Keys that are kept still; nothing was done: wait, or send fewer requests with one");
    return before.map(b -> repeat(b, digest));
  }

  private Done repeat(Idempotent before, String digest) {
    if (!before.digest().equals(digest))
      throw Problem.of(Problem.Type.CONFLICT, "this Idempotency-Key was used for another request");
    byte[] body = before.body().getBytes(StandardCharsets.UTF_8);
    Reply reply = new Reply(before.status(), Reply.JSON, body, Map.of(REPLAYED, "true"));
    return new Done(located(reply, before.subject()), body, before.subject());
  }

  /** With where the thing is found that it is about. */
  Reply located(Reply reply, @Nullable String subject) {
    if (located == null) return reply;
    if (!located.contains("{id}")) return reply.with("Location", located);
    return subject == null ? reply : reply.with("Location", located.replace("{id}", subject));
  }
}
