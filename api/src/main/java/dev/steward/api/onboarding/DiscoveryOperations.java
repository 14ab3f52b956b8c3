package dev.steward.api.onboarding;

import static dev.steward.api.Operation.client;

import dev.steward.api.Operation;
import dev.steward.api.Starts;
import dev.steward.domain.discovery.Discoveries;
import dev.steward.model.Discovery;
import dev.steward.model.Onboarding;
import dev.steward.model.job.Jobs;
import dev.steward.storage.Tables;
import java.util.List;

/** Discoveries of accounts. */
public final class DiscoveryOperations {
  private static final Starts<Discovery> DISCOVERY =
      Starts.of(
          Jobs.DISCOVERY,
          Tables.DISCOVERIES,
          "/onboarding/{id}/discovery",
          (begun, now) -> !now.id().equals(begun.id()) || now.status().isOver());

  private final Discoveries discoveries;

  public DiscoveryOperations(Discoveries discoveries) {
    this.discoveries = discoveries;
  }

  public List<Operation<?, ?>> operations() {
    return List.of(
        client("GET", "/onboarding/{id}/discovery", "onboarding", "How the discovery goes")
            .gives(DiscoveryViews.DiscoveryView.class)
            .refuses(404, 409)
            .answers(call -> {
              Onboarding onboarding = OnboardingViews.find(call.own(), call);
              return onboarding.isPending()
                  ? DiscoveryViews.notStarted(onboarding)
                  : DiscoveryViews.view(call.own(), OnboardingViews.account(call.own(), call));
            }),
        client("POST", "/onboarding/{id}/rediscover", "onboarding", "Discover again")
            .gives(DiscoveryViews.DiscoveryView.class)
            .refuses(404, 409)
            .starts(
                DISCOVERY,
                (call, t) -> discoveries.request(t, OnboardingViews.account(call.own(t), call)),
                (own, discovery) ->
                    DiscoveryViews.view(
                        own, own.get(Tables.ACCOUNTS, discovery.account().value()))));
  }
}
