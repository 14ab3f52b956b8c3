package dev.steward.domain.governance.desk;

import dev.steward.model.Problem;
import dev.steward.model.Problem.Type;
import java.util.function.Supplier;

/** What was judged before a write is not what is there within it. */
public final class OvertakenException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int ATTEMPTS = 3;

  public OvertakenException() {
    super("what was judged has changed meanwhile");
  }

  /**
   * Judges and writes anew where something overtook it.
   *
   * @throws dev.steward.model.ProblemException CONFLICT if that happens again and again
   */
  public static <R> R again(Supplier<R> judgeAndWrite) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return judgeAndWrite.get();
      } catch (OvertakenException meanwhile) {
        // It left no trace.
      }
    }
    throw Problem.of(
        Type.CONFLICT,
        "what the policies were asked about kept changing meanwhile, so nothing was done; try again");
  }
}
