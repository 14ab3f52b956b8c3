package dev.steward.api;

import dev.steward.model.Problem;
import java.util.List;
import java.util.Optional;

/** That a change was asked of something that is not there any more as its caller read it. */
public final class StaleException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final transient Optional<String> there;

  /**
   * @param there the tag of what is there now, if anything is
   */
  StaleException(Optional<String> there) {
    super("stale", null, false, false);
    this.there = there;
  }

  public Optional<String> there() {
    return there;
  }

  public Problem problem() {
    return new Problem(
        Problem.Type.STALE,
        there.isPresent()
            ? "it has been changed since you read it; its header ETag says what is there now: read"
                + " it again, then decide"
            : "there is nothing at this path that could be changed",
        List.of());
  }
}
