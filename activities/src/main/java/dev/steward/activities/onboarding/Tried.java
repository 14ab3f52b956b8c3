package dev.steward.activities.onboarding;

import dev.steward.aws.AwsError;
import dev.steward.model.Permission.Grant;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A permission is tried by a call: IAM's own simulation needs a permission that nobody should have
 * to grant.
 */
final class Tried {
  private Tried() {}

  /**
   * What the call shows of the permission that it needs.
   *
   * @throws SdkException what says nothing of it, and may be answered when it is asked again
   */
  static Grant by(Runnable call) {
    try {
      call.run();
      return Grant.ALLOWED;
    } catch (SdkException e) {
      return switch (AwsError.of(e)) {
        // A role that was made a moment ago may be refused by STS for a while.
        case DENIED -> AwsError.isOfSts(e) ? Grant.UNKNOWN : Grant.DENIED;
        case PERMANENT, GONE, UNAVAILABLE, PASSING, BUSY, UNREACHABLE -> Grant.UNKNOWN;
        case THROTTLED, EXPIRED, BAD_CREDENTIALS -> throw e;
      };
    }
  }
}
