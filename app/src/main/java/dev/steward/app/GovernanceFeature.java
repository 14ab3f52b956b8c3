package dev.steward.app;

import dev.steward.activities.Crew;
import dev.steward.activities.governance.AwsActionActivities;
import dev.steward.activities.governance.StoreApprovalActivities;
import dev.steward.activities.governance.StoreChangeActivities;
import dev.steward.api.Operation;
import dev.steward.api.approvals.ApprovalOperations;
import dev.steward.api.approvals.TemporalTokenOperations;
import dev.steward.api.governance.AuditOperations;
import dev.steward.api.governance.ChangeOperations;
import dev.steward.api.governance.ExemptionOperations;
import dev.steward.api.governance.PolicyOperations;
import dev.steward.domain.governance.desk.Desks;
import dev.steward.storage.Store;
import io.temporal.client.WorkflowClient;
import io.temporal.client.schedules.ScheduleClient;
import java.util.List;

/** Changes, who approves them, and under which rules. */
record GovernanceFeature(House house) implements Feature {
  @Override
  public List<Operation<?, ?>> operations() {
    Store store = house.store;
    Desks desks = house.desks;
    return Feature.together(
        new PolicyOperations(desks.office(), desks.judges()).operations(),
        new ChangeOperations(desks.changes()).operations(),
        new ExemptionOperations(desks.findings(), desks.office()).operations(),
        new AuditOperations(store, house.auditor, desks.killSwitch()).operations(),
        new ApprovalOperations(store, desks.approvals()).operations(),
        new TemporalTokenOperations(house.proofs).operations());
  }

  @Override
  public Crew crew(WorkflowClient client, ScheduleClient schedules) {
    Desks desks = house.desks;
    return Crew.storing(
            new StoreApprovalActivities(house.store, desks.approvals(), house.door),
            new StoreChangeActivities(house.store, desks.changes(), desks.steps(), house.door))
        .calling(
            new AwsActionActivities(
                house.store, house.aws, house.clock, desks.steps(), house.door));
  }
}
