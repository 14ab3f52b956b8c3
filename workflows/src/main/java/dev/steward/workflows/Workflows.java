package dev.steward.workflows;

import dev.steward.workflows.approvals.ApprovalWorkflowImpl;
import dev.steward.workflows.discovery.DiscoveryWorkflowImpl;
import dev.steward.workflows.discovery.DueWorkflowImpl;
import dev.steward.workflows.discovery.RegionDiscoveryWorkflowImpl;
import dev.steward.workflows.governance.ChangeWorkflowImpl;
import dev.steward.workflows.lab.PredictionWorkflowImpl;
import dev.steward.workflows.lab.PromotionWorkflowImpl;
import dev.steward.workflows.lab.SearchWorkflowImpl;
import dev.steward.workflows.lab.TrainingWorkflowImpl;
import dev.steward.workflows.lab.WatchWorkflowImpl;
import dev.steward.workflows.notifications.DeliveryWorkflowImpl;
import dev.steward.workflows.onboarding.DisconnectionWorkflowImpl;
import dev.steward.workflows.onboarding.OnboardingVerificationWorkflowImpl;
import dev.steward.workflows.prices.PriceRefreshWorkflowImpl;
import dev.steward.workflows.waste.WasteScanWorkflowImpl;
import java.util.List;

/** The workflow of each job. */
public final class Workflows {
  public static final List<Class<?>> ALL =
      List.of(
          OnboardingVerificationWorkflowImpl.class,
          DisconnectionWorkflowImpl.class,
          DiscoveryWorkflowImpl.class,
          RegionDiscoveryWorkflowImpl.class,
          DueWorkflowImpl.class,
          WasteScanWorkflowImpl.class,
          ApprovalWorkflowImpl.class,
          ChangeWorkflowImpl.class,
          DeliveryWorkflowImpl.class,
          TrainingWorkflowImpl.class,
          PromotionWorkflowImpl.class,
          PredictionWorkflowImpl.class,
          SearchWorkflowImpl.class,
          PriceRefreshWorkflowImpl.class,
          WatchWorkflowImpl.class);

  private Workflows() {}
}
