package dev.steward.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the workflow of a change is to do next.
 *
 * @param step the number of the step; for MEASURE the number of the measurement; else 0
 * @param until for WAIT: the moment to look again at the latest; null to wait for a nudge only
 * @param why what an operator reads
 */
public record Directive(What what, int step, @Nullable Instant until, String why) {
  public enum What {
    WAIT,
    /** Read the resource and say what has drifted and what an undo will need. */
    CHECK,
    EXECUTE,
    UNDO,
    /** See whether a stopped database is still stopped, and stop it again where AWS started it. */
    HOLD,
    MEASURE,
    /** Remove what a step kept for its undo, which has expired. */
    CLEAN,
    END
  }

  public static Directive await(@Nullable Instant until, String why) {
    return new Directive(What.WAIT, 0, until, why);
  }

  public static Directive step(What what, int step, String why) {
    return new Directive(what, step, null, why);
  }

  public static Directive end(String why) {
    return new Directive(What.END, 0, null, why);
  }
}
