package dev.steward.api;

import dev.steward.model.Problem;
import dev.steward.model.ProblemException;
import dev.steward.storage.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a change is made on (RFC 9110, 13.1): it names what its caller has read, and is looked at in
 * the transaction that writes, so that of two who have read the same only one is right.
 *
 * <p>What there is now is what the GET of the same path answers to the same caller.
 */
final class Precondition {
  static final String MATCH = "If-Match";
  static final String NONE = "If-None-Match";
  private static final Set<String> CHANGES = Set.of("PUT", "PATCH", "DELETE");

  private Precondition() {}

  /** Whether an operation of this method may have one, if its path can be read. */
  static boolean concerns(String method) {
    return CHANGES.contains(method);
  }

  /**
   * @throws StaleException if there is something else than the caller says
   */
  static void check(Request request, Transaction transaction) {
    List<String> match = request.headers(MATCH);
    List<String> none = request.headers(NONE);
    Operation<?, ?> read = request.readBy();
    if (read == null || (match.isEmpty() && none.isEmpty())) return;
    String there = there(request.reading(read, transaction), read);
    boolean stale =
        !match.isEmpty() && (there == null || EntityTag.named(match, there, false).isEmpty());
    boolean taken =
        !none.isEmpty() && there != null && EntityTag.named(none, there, true).isPresent();
    if (stale || taken) throw new StaleException(Optional.ofNullable(there));
  }

  private static @Nullable String there(Request request, Operation<?, ?> read) {
    try {
      Reply reply = read.serve(request);
      return reply.status() == 200 ? reply.tag() : null;
    } catch (ProblemException e) {
      if (e.problem().type() == Problem.Type.NOT_FOUND) return null;
      throw e;
    }
  }
}
