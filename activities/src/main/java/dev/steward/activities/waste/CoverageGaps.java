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
    if (AwsError.of(e).passes() && !patienceIsOver) throw e;
    add(region, asked, AwsError.code(e), AwsError.of(e));
  }

  /**
   * @param code what AWS said
   */
  void add(String region, int asked, String code, AwsError error) {
    codes.merge(region, code, (a, b) -> a.contains(b) ? a : a + ", " + b);
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

  /**
   * The regions with the codes, and how much of the question they are.
   *
   * @param what was not answered
   */
  String detail(int of, String what) {
    StringBuilder text = new StringBuilder();
    codes.forEach((region, code) ->
        text.append(text.isEmpty() ? "" : ", ").append(code).append(" in ").append(region));
    return text + ": " + resources + " of " + of + " without " + what;
  }
}
