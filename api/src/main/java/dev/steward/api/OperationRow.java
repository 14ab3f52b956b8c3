package dev.steward.api;

import dev.steward.model.job.Job;
import dev.steward.storage.Transaction;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A row of the operation table while it is written. It ends with how the operation is carried out:
 * {@link #answers}, {@link #writes}, {@link #once}, {@link #starts}, or a list.
 */
public final class OperationRow<B, A> {
  /** Does it within a transaction. */
  public interface Write<B, A> {
    A in(Invocation<B> call, Transaction transaction);
  }

  /** The same, knowing what was read before. */
  public interface Knowing<B, K, A> {
    A in(Invocation<B> call, Transaction transaction, K known);
  }

  private final String method;
  private final String path;
  private final String group;
  private final String summary;
  private final Access access;
  private Takes<?> takes = new Takes.None();
  private Gives<?> gives = new Gives.None();
  private final List<QueryParameter<?>> query = new ArrayList<>();
  private final List<Integer> problems = new ArrayList<>();
  private int status = 200;
  private @Nullable String repeatable;
  private @Nullable Job<?> job;
  private @Nullable String located;
  private @Nullable Voice voice;
  private final Set<Promise.Trait> traits = EnumSet.noneOf(Promise.Trait.class);
  private Consumer<Request> about = request -> {};
  private Function<A, @Nullable String> subject = answer -> null;
  private UnaryOperator<A> kept = UnaryOperator.identity();
  private int otherStatus;
  private Predicate<A> other = answer -> false;

  OperationRow(String method, String path, String group, Access access, String summary) {
    this.method = method;
    this.path = path;
    this.group = group;
    this.access = access;
    this.summary = summary;
  }

  /** A JSON object; a field that the record does not have is refused. */
  public <X> OperationRow<X, A> takes(Class<X> type) {
    return taking(new Takes.Json<>(type, true));
  }

  /** The same from clients who send more than is read. */
  public <X> OperationRow<X, A> takesSome(Class<X> type) {
    return taking(new Takes.Json<>(type, false));
  }

  /** The query as a record, from clients who send more than is read. */
  public <X> OperationRow<X, A> asks(Class<X> type) {
    return taking(new Takes.Asked<>(type));
  }

  /** A body of any kind, as it comes; of these media types, or of any where none is named. */
  public OperationRow<Upload, A> takesBytes(int most, String... mediaTypes) {
    return taking(new Takes.Bytes(most, List.of(mediaTypes)));
  }

  @SuppressWarnings("unchecked") // Nothing is there yet that reads a body.
  private <X> OperationRow<X, A> taking(Takes<X> what) {
    takes = what;
    return (OperationRow<X, A>) this;
  }

  public <X> OperationRow<B, X> gives(Class<X> type) {
    return giving(new Gives.One<>(type));
  }

  /** What is no JSON of ours. */
  public OperationRow<B, Content> givesFile(String... mediaTypes) {
    return giving(new Gives.File(List.of(mediaTypes)));
  }

  @SuppressWarnings("unchecked") // Nothing is there yet that makes an answer.
  <X> OperationRow<B, X> giving(Gives<X> what) {
    gives = what;
    return (OperationRow<B, X>) this;
  }

  /** Query parameters that the handler reads. */
  public OperationRow<B, A> reads(QueryParameter<?>... parameters) {
    reads(List.of(parameters));
    return this;
  }

  void reads(List<? extends QueryParameter<?>> parameters) {
    query.addAll(parameters);
  }

  /** The statuses of refusals of its own; what follows from the rest of the row is known. */
  public OperationRow<B, A> refuses(Integer... statuses) {
    problems.addAll(List.of(statuses));
    return this;
  }

  /** Something is made: 201. */
  public OperationRow<B, A> makes() {
    status = 201;
    return this;
  }

  /**
   * Something is made: 201, with where it is found.
   *
   * @param where the path, with {@code {id}} for its id
   */
  public OperationRow<B, A> makes(String where, Function<A, String> id) {
    located = where;
    subject = id::apply;
    return makes();
  }

  /** Another status where the answer is one of these. */
  public OperationRow<B, A> or(int code, Predicate<A> when) {
    otherStatus = code;
    other = when;
    return this;
  }

  /** Of a POST that takes no key: why it may be sent twice, or must be. */
  public OperationRow<B, A> repeatable(String why) {
    repeatable = why;
    return this;
  }

  /**
   * What the path names, looked up before the body is read: what is not there, or somebody else's,
   * is 404 whatever was sent.
   */
  public OperationRow<B, A> about(Consumer<Request> what) {
    about = what;
    return this;
  }

  /** What of an answer is kept for who asks again with its key: no secret. */
  public OperationRow<B, A> keeping(UnaryOperator<A> without) {
    kept = without;
    return this;
  }

  /** Its answer holds what nobody else may know: a token, a ticket, a key. */
  public OperationRow<B, A> secret() {
    traits.add(Promise.Trait.SECRET);
    return this;
  }

  public OperationRow<B, A> speaking(Voice how) {
    voice = how;
    return this;
  }

  /** A list, of which parts can be left out and which can be sorted. */
  @SafeVarargs
  @SuppressWarnings("unchecked") // A list takes no body.
  public final <R, V> Listed<R, V> list(Class<V> item, Sorts<R> sorts, ListFilter<R>... filters) {
    return new Listed<>((OperationRow<Nothing, A>) this, item, sorts, List.of(filters));
  }

  /** Reads, or does what may be done twice. */
  public Operation<B, A> answers(Function<Invocation<B>, A> handler) {
    return carriedOut(call -> reply(handler.apply(call)));
  }

  /** Writes in one transaction what may be written twice. */
  public Operation<B, A> writes(Write<B, A> handler) {
    conditional();
    return carriedOut(call -> reply(written(call, handler)));
  }

  /** The same, answering outside of it what other writes should not wait for. */
  public <K> Operation<B, A> writes(Write<B, K> handler, BiFunction<Invocation<B>, K, A> then) {
    conditional();
    return carriedOut(call -> reply(then.apply(call, written(call, handler))));
  }

  private static <B, K> K written(Invocation<B> call, Write<B, K> handler) {
    return call.store()
        .write(transaction -> {
          Precondition.check(call, transaction);
          return handler.in(call, transaction);
        });
  }

  /** Writes in one transaction, once for each Idempotency-Key. */
  public Operation<B, A> once(Write<B, A> handler) {
    return once(call -> Nothing.NOTHING, (call, t, nothing) -> handler.in(call, t));
  }

  /** The same, reading first on a snapshot what takes long: other writes wait for this one. */
  public <K> Operation<B, A> once(Function<Invocation<B>, K> read, Knowing<B, K, A> handler) {
    traits.add(Promise.Trait.KEYED);
    conditional();
    return carriedOut(call -> {
      Once once = new Once(call, located);
      return once.write(
              () -> read.apply(call),
              (t, known) -> {
                Precondition.check(call, t);
                A answer = handler.in(call, t, known);
                String id = subject.apply(answer);
                return new Once.Done(
                    once.located(reply(answer), id), reply(kept.apply(answer)).body(), id);
              })
          .reply();
    });
  }

  /** Starts long work, once for each Idempotency-Key: 202, or 200 when it is over in time. */
  public <R> Operation<B, A> starts(Starts<R> work, Write<B, R> begin, Starts.View<R, A> view) {
    return starts(work, call -> Nothing.NOTHING, (call, t, nothing) -> begin.in(call, t), view);
  }

  /** The same, reading first on a snapshot what takes long. */
  public <R, K> Operation<B, A> starts(
      Starts<R> work,
      Function<Invocation<B>, K> read,
      Knowing<B, K, R> begin,
      Starts.View<R, A> view) {
    traits.add(Promise.Trait.KEYED);
    status = 202;
    job = work.job();
    located = work.location();
    return carriedOut(call -> new Begun<>(call, work, view).carryOut(read, begin));
  }

  private void conditional() {
    if (Precondition.concerns(method)) traits.add(Promise.Trait.CONDITIONAL);
  }

  private Reply reply(A answer) {
    if (gives instanceof Gives.None)
      return new Reply(204, Reply.JSON, new byte[0], java.util.Map.of());
    if (answer instanceof Content file)
      return new Reply(
          status, file.mediaType(), file.bytes(), Fields.of(file.headers()), file.kept());
    return Reply.of(other.test(answer) ? otherStatus : status, answer);
  }

  private List<Integer> statuses() {
    if (gives instanceof Gives.None) return List.of(204);
    if (status == 202) return List.of(202, 200);
    return otherStatus == 0 ? List.of(status) : List.of(status, otherStatus);
  }

  @SuppressWarnings("unchecked") // The last of takes and gives said what they are.
  Operation<B, A> carriedOut(Function<Invocation<B>, Reply> how) {
    Promise promise = new Promise(statuses(), problems, traits, repeatable, job, located, voice);
    return new Operation<>(
        method,
        path,
        group,
        summary,
        access,
        (Takes<B>) takes,
        (Gives<A>) gives,
        query,
        promise,
        about,
        how);
  }
}
