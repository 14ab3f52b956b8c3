package dev.steward.domain.onboarding;

import dev.steward.domain.work.Work;
import dev.steward.model.Onboarding;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.AttemptRef;
import dev.steward.storage.Events;
import dev.steward.storage.Transaction;
import java.time.InstantSource;

/** Asks for the proof of a connection. */
public final class Verifications {
  private final Work work;
  private final InstantSource clock;

  public Verifications(Work work, InstantSource clock) {
    this.work = work;
    this.clock = clock;
  }

  /** A new verification of the onboarding, which the caller has put in the state VERIFYING. */
  public void request(Transaction transaction, Onboarding onboarding) {
    work.start(transaction, Jobs.VERIFICATION, AttemptRef.of(onboarding));
    Events.append(
        transaction,
        onboarding.organization(),
        "onboarding.verifying",
        onboarding.id().value(),
        "attempt " + onboarding.attempt(),
        clock.instant());
  }
}
