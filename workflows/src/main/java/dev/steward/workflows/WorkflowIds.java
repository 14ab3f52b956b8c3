package dev.steward.workflows;

import dev.steward.model.AccountId;
import dev.steward.model.DiscoveryId;
import dev.steward.model.OnboardingId;
import dev.steward.model.ScanId;
import dev.steward.workflows.approvals.Approval;
import dev.steward.workflows.discovery.Discovery;
import dev.steward.workflows.discovery.Due;
import dev.steward.workflows.discovery.RegionDiscovery;
import dev.steward.workflows.governance.Change;
import dev.steward.workflows.lab.Prediction;
import dev.steward.workflows.lab.Promotion;
import dev.steward.workflows.lab.Training;
import dev.steward.workflows.lab.Watch;
import dev.steward.workflows.notifications.Delivery;
import dev.steward.workflows.onboarding.OnboardingActivities.AccountRef;
import dev.steward.workflows.onboarding.OnboardingVerification;
import dev.steward.workflows.waste.WasteScan;
import io.temporal.common.converter.EncodedValues;
import org.jspecify.annotations.Nullable;

/** The business ids of workflows: starting one twice is starting it once. */
public final class WorkflowIds {
  /** How the runs of schedules begin. */
  public static final String DUE = "due/";

  private WorkflowIds() {}

  /** An attempt of an onboarding. */
  public static String onboarding(OnboardingId onboarding, int attempt) {
    return "onboarding/" + onboarding + "/" + attempt;
  }

  /** Each discovery has its own: one that is asked for does not join the one that just ends. */
  public static String discovery(AccountId account, DiscoveryId discovery) {
    return "discovery/" + account + "/" + discovery;
  }

  public static String region(AccountId account, String region) {
    return "discovery/" + account + "/" + region;
  }

  public static String waste(AccountId account, ScanId scan) {
    return "waste/" + account + "/" + scan;
  }

  public static String disconnect(AccountId account) {
    return "disconnect/" + account;
  }

  /** The schedule that asks for this work of the account from time to time. */
  public static String schedule(AccountId account, String work) {
    return "every/" + work + "/" + account;
  }

  /** What the schedule's runs are called, before the time that each has behind it. */
  public static String due(AccountId account, String work) {
    return DUE + work + "/" + account;
  }

  /** Whether a run of this input may have this id: its business id, or one below it. */
  static boolean fits(@Nullable Object input, String id) {
    return switch (input) {
      case OnboardingVerification.Input i -> within(id, "onboarding/" + i.onboarding());
      case Discovery.Input i -> within(id, "discovery/" + i.account());
      case RegionDiscovery.Input i -> within(id, region(i.account(), i.region()));
      case WasteScan.Input i -> within(id, "waste/" + i.account());
      case AccountRef i -> within(id, disconnect(i.account()));
      case Due.Input i -> id.startsWith(DUE) && id.contains("/" + i.account().account());
      case Change.Input i -> within(id, "change/" + i.change());
      case Approval.Input i -> within(id, "approval/" + i.approval());
      case Delivery.Input i -> within(id, "notify/" + i.delivery());
      case Training.Input i -> within(id, "training/" + i.run()) || within(id, "search/" + i.run());
      case Prediction.Input i -> within(id, "prediction/" + i.prediction());
      case Promotion.Input i -> within(id, "promotion/" + i.promotion());
      case Watch.Input i -> within(id, "watch/" + i.organization() + "/" + i.model());
      // What UnknownWorkflow gets, which refuses by itself.
      case EncodedValues unknown -> true;
      case null, default -> false;
    };
  }

  private static boolean within(String id, String business) {
    return id.equals(business) || id.startsWith(business + "/");
  }
}
