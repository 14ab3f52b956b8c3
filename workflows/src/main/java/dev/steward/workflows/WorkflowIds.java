package dev.steward.workflows;

import dev.steward.model.AccountId;
import dev.steward.model.DiscoveryId;
import dev.steward.model.OnboardingId;
import dev.steward.model.ScanId;

/** The business ids of workflows: starting one twice is starting it once. */
public final class WorkflowIds {
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
}
