package dev.steward.workflows;

import dev.steward.workflows.approvals.ApprovalImpl;
import dev.steward.workflows.discovery.DiscoveryImpl;
import dev.steward.workflows.discovery.DueImpl;
import dev.steward.workflows.discovery.RegionDiscoveryImpl;
import dev.steward.workflows.governance.ChangeImpl;
import dev.steward.workflows.lab.PredictionImpl;
import dev.steward.workflows.lab.PromotionImpl;
import dev.steward.workflows.lab.SearchImpl;
import dev.steward.workflows.lab.TrainingImpl;
import dev.steward.workflows.lab.WatchImpl;
import dev.steward.workflows.notifications.DeliveryImpl;
import dev.steward.workflows.onboarding.DisconnectionImpl;
import dev.steward.workflows.onboarding.OnboardingVerificationImpl;
import dev.steward.workflows.waste.WasteScanImpl;
import java.util.List;

/** The workflow of each job. */
public final class Workflows {
  public static final List<Class<?>> ALL =
      List.of(
          OnboardingVerificationImpl.class,
          DisconnectionImpl.class,
          DiscoveryImpl.class,
          RegionDiscoveryImpl.class,
          DueImpl.class,
          WasteScanImpl.class,
          ApprovalImpl.class,
          ChangeImpl.class,
          DeliveryImpl.class,
          TrainingImpl.class,
          PromotionImpl.class,
          PredictionImpl.class,
          SearchImpl.class,
          WatchImpl.class);

  private Workflows() {}
}
