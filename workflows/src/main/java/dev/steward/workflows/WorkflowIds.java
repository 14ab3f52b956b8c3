package dev.steward.workflows;

import dev.steward.model.AccountId;
import dev.steward.model.OnboardingId;

/** The business ids of workflows: starting one twice is starting it once. */
public final class WorkflowIds {
  private WorkflowIds() {}

  /** An attempt of an onboarding. */
  public static String onboarding(OnboardingId onboarding, int attempt) {
    return "onboarding/" + onboarding + "/" + attempt;
  }

  public static String discovery(AccountId account) {
    return "discovery/" + account;
  }

  public static String region(AccountId account, String region) {
    return discovery(account) + "/" + region;
  }

  public static String waste(AccountId account) {
    return "waste/" + account;
  }

  public static String disconnect(AccountId account) {
    return "disconnect/" + account;
  }

  /** The schedule that asks for this work of the account from time to time. */
  public static String schedule(AccountId account, String work) {
    return "every/" + work + "/" + account;
  }
}
