package dev.steward.activities;

import dev.steward.model.Intent;
import dev.steward.model.job.Job;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Urgency;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import io.temporal.common.Priority;

/**
 * In which order Temporal hands out what waits: the urgent first, and of two things that are as
 * urgent each organization in turn, and each account of an organization. The workflow is started
 * with it, and its children and activities have it from there.
 *
 * <p>Temporal knows one key to be fair by. It is the account's, weighed by how many of its
 * organization are being read, so that many accounts are no larger a share than one.
 */
final class Fairness {
  /** The least that Temporal takes. */
  private static final float LEAST = 0.001f;

  private Fairness() {}

  static Priority of(Intent intent, State state) {
    Priority.Builder priority = Priority.newBuilder().setPriorityKey(urgency(intent).key());
    if (intent.account() != null)
      priority.setFairnessKey(intent.account()).setFairnessWeight(weight(intent, state));
    else if (intent.organization() != null) priority.setFairnessKey(intent.organization());
    return priority.build();
  }

  /** As usual for what an older or a newer version asked for. */
  private static Urgency urgency(Intent intent) {
    return Jobs.named(intent.workflowType()).map(Job::urgency).orElse(Urgency.USUAL);
  }

  private static float weight(Intent intent, State state) {
    if (intent.organization() == null) return 1;
    long reading =
        state
            .rows(Tables.ACCOUNTS)
            .where("organization", intent.organization())
            .filter(account ->
                state
                    .find(Tables.DISCOVERIES, account.id().value())
                    .filter(discovery -> !discovery.status().isOver())
                    .isPresent())
            .count();
    return Math.max(LEAST, 1f / Math.max(1, reading));
  }
}
