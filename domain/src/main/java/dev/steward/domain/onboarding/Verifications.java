package dev.steward.domain.onboarding;

import dev.steward.domain.work.Work;
import dev.steward.model.Onboarding;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.AttemptRef;
import dev.steward.storage.Transaction;

/** Asks for the proof of a connection. */
public final class Verifications {
  private final Work work;

  public Verifications(Work work) {
    this.work = work;
  }

  /** A new verification of the onboarding, which the caller has put in the state VERIFYING. */
  public void request(Transaction transaction, Onboarding onboarding) {
    work.start(
        transaction,
        Jobs.VERIFICATION,
        AttemptRef.of(onboarding),
        "onboarding.verifying",
        onboarding.id().value(),
        "attempt " + onboarding.attempt());
  }
}
