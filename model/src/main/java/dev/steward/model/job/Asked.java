package dev.steward.model.job;

import dev.steward.model.AccountId;
import dev.steward.model.OrganizationId;
import org.jspecify.annotations.Nullable;

/**
 * The input of work that the store asks for: it names rows, and whose they are. What has another
 * input is started by Temporal alone, as a child or by a schedule.
 */
public interface Asked {
  OrganizationId organization();

  /** Null for what concerns the whole organization. */
  default @Nullable AccountId account() {
    return null;
  }
}
