package dev.steward.activities.waste;

import dev.steward.aws.AwsError;
import dev.steward.model.Coverage;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;

/** The regions that did not answer a question, and why. */
final class CoverageGaps {
  private final boolean patienceIsOver;
  private final Map<String, String> codes = new TreeMap<>();
  private int resources;
  private Coverage worst = Coverage.ANSWERED;

  /**
   * @param patienceIsOver whether what may pass is a gap, too, instead of being tried again
   */
  CoverageGaps(boolean patienceIsOver) {
    this.patienceIsOver = patienceIsOver;
  }

  /**
   * @throws SdkException the same, when asking again may help
   */
  void add(String region, int asked, SdkException e) {
    AwsError error = AwsError.of(e);
    if (error.passes() && !patienceIsOver) throw e;
    codes.put(region, AwsError.code(e));
    resources += asked;
    if (worst == Coverage.ANSWERED || worst == Coverage.UNAVAILABLE)
      worst =
          switch (error) {
            case DENIED, BAD_CREDENTIALS -> Coverage.DENIED;
            case THROTTLED -> Coverage.THROTTLED;
            case UNAVAILABLE -> Coverage.UNAVAILABLE;
            case PASSING, BUSY, UNREACHABLE, EXPIRED, PERMANENT, GONE -> Coverage.FAILED;
          };
  }

  boolean isEmpty() {
    return codes.isEmpty();
  }

  Coverage coverage() {
    return worst;
  }

  /** The regions with the codes, and how much of the question they are. */
  String detail(int of) {
    StringBuilder text = new StringBuilder();
    codes.forEach((region, code) ->
        text.append(text.isEmpty() ? "" : ", ").append(code).append(" in ").append(region));
    return text + ": " + resources + " of " + of + " without metrics";
  }
}
