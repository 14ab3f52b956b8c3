package dev.steward.workflows.prices;

import dev.steward.model.job.Jobs.PriceRefreshRef;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What is asked of AWS's Price List. Task queue {@code aws}. */
@ActivityInterface
public interface PricingActivities {
  record Question(PriceRefreshRef refresh, String query) {}

  /**
   * @param refused the platform may not ask; so it would be with every other question
   */
  record Answer(int prices, boolean refused) {}

  /** Reads all pages of the answer and keeps what they tell; again it begins anew. Heart-beats. */
  @ActivityMethod(name = "ReadPrices")
  Answer read(Question question);
}
