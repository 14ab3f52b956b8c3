package dev.steward.aws.actions;

import dev.steward.aws.AwsError;
import dev.steward.model.Resource;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * One kind of change in AWS. Each part may run again after it was cut off anywhere, and then ends
 * as if it had run once.
 */
public interface Action {
  /**
   * How an act ended.
   *
   * @param drift why nothing was done; empty when it was
   * @param recipe what was made, and stays
   */
  record Acted(List<String> drift, Map<String, String> recipe, String detail) {
    static Acted done(String detail) {
      return new Acted(List.of(), Map.of(), detail);
    }

    static Acted done(Map<String, String> made, String detail) {
      return new Acted(List.of(), made, detail);
    }

    /** Somebody else did it; what was made stays, for it is all that there is of the resource. */
    static Acted kept(Map<String, String> made, String why) {
      return new Acted(List.of(why), made, why);
    }

    static Acted drifted(String why) {
      return new Acted(List.of(why), Map.of(), why);
    }
  }

  /** Whether everything is as it was before, and how. */
  record Back(boolean back, String detail) {}

  /** What an undo will need beside the plan, read before the first call that changes anything. */
  default Map<String, String> recipe(Site site, Resource now) {
    return Map.of();
  }

  Acted act(Site site);

  Back undo(Site site);

  /**
   * A call that takes something away. That it is not there is what was wanted: an earlier try of
   * ours may have been carried out, and its answer lost.
   */
  static void takeAway(Runnable call) {
    try {
      call.run();
    } catch (AwsServiceException e) {
      if (!AwsError.isAbsent(e)) throw e;
    }
  }

  /** The undo of what cannot be undone: it is only back where nothing was done. */
  static Back lost(Site site) {
    return site.settled().isPresent()
        ? new Back(true, "nothing was done")
        : new Back(false, site.step().undo());
  }
}
