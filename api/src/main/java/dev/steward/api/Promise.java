package dev.steward.api;

import dev.steward.model.job.Job;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a row promises beside its records, and carries out.
 *
 * @param statuses when all is well, the usual one first
 * @param problems the statuses of refusals that are its own; those that follow from access, body
 *     and parameters are added by the document
 * @param repeatable why a POST that takes no key may be sent twice
 * @param job the long work it starts, which {@code Prefer: wait=} waits for
 * @param located where what it made or started is found
 * @param voice in which refusals are told; null for the usual problem
 */
public record Promise(
    List<Integer> statuses,
    List<Integer> problems,
    Set<Trait> traits,
    @Nullable String repeatable,
    @Nullable Job<?> job,
    @Nullable String located,
    @Nullable Voice voice) {
  /** What holds for an operation or does not. */
  public enum Trait {
    /** The same Idempotency-Key is answered as before. */
    KEYED,
    /** An answer holds what nobody else may know, and is to be neither compressed nor named. */
    SECRET,
    /** It writes what its path names in one transaction, and so on condition. */
    CONDITIONAL
  }

  public Promise {
    statuses = List.copyOf(statuses);
    problems = List.copyOf(problems);
    traits = Set.copyOf(traits);
  }

  public boolean keyed() {
    return traits.contains(Trait.KEYED);
  }

  public boolean secret() {
    return traits.contains(Trait.SECRET);
  }

  public boolean conditional() {
    return traits.contains(Trait.CONDITIONAL);
  }
}
