package dev.steward.api;

import dev.steward.model.job.Job;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a row promises beside its records, and carries out.
 *
 * @param statuses when all is well, the usual one first
 * @param problems the statuses of refusals that are its own; those that follow from access, body
 *     and parameters are added by the document
 * @param keyed whether the same Idempotency-Key is answered as before
 * @param repeatable why a POST that takes no key may be sent twice
 * @param job the long work it starts, which {@code Prefer: wait=} waits for
 * @param located where what it made or started is found
 * @param voice in which refusals are told; null for the usual problem
 */
public record Promise(
    List<Integer> statuses,
    List<Integer> problems,
    boolean keyed,
    @Nullable String repeatable,
    @Nullable Job<?> job,
    @Nullable String located,
    @Nullable Voice voice) {
  public Promise {
    statuses = List.copyOf(statuses);
    problems = List.copyOf(problems);
  }
}
