package dev.steward.workflows.discovery;

import dev.steward.model.AccountId;
import dev.steward.model.DiscoveryId;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;

/** Asks one region for each of the kinds. */
@WorkflowInterface
public interface RegionDiscovery {
  record Input(AccountId account, DiscoveryId discovery, String region, List<String> kinds) {
    public Input {
      kinds = List.copyOf(kinds);
    }
  }

  @WorkflowMethod(name = "RegionDiscovery")
  void discover(Input input);
}
