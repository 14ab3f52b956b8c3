package dev.steward.aws.actions;

import dev.steward.aws.AwsFailureInterceptor;
import dev.steward.model.Resource;
import io.temporal.failure.ApplicationFailure;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * An action that leaves nothing behind where a part of it is refused for good: it is undone from
 * where it stands, and then fails. What passes is left as it is, for the next try goes on from
 * there.
 */
record Compensated(Action action) implements Action {
  @Override
  public Map<String, String> recipe(Site site, Resource now) {
    return action.recipe(site, now);
  }

  @Override
  public Acted act(Site site) {
    Acted acted;
    try {
      acted = action.act(site);
    } catch (SdkException refused) {
      if (AwsFailureInterceptor.isForGood(refused)) undo(site, refused);
      throw refused;
    } catch (ApplicationFailure failed) {
      if (failed.isNonRetryable()) undo(site, failed);
      throw failed;
    }
    // An earlier try may have begun what this one found no longer to be right; what it names stays.
    if (!acted.drift().isEmpty() && acted.recipe().isEmpty()) action.undo(site);
    return acted;
  }

  /** The refusal is what is told, whatever becomes of the undo. */
  private void undo(Site site, RuntimeException refused) {
    try {
      action.undo(site);
    } catch (SdkException | ApplicationFailure also) {
      refused.addSuppressed(also);
    }
  }

  @Override
  public Back undo(Site site) {
    return action.undo(site);
  }
}
