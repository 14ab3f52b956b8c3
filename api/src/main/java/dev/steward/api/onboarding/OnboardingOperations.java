package dev.steward.api.onboarding;

import static dev.steward.api.Operation.client;

import dev.steward.api.Content;
import dev.steward.api.Invocation;
import dev.steward.api.Nothing;
import dev.steward.api.Operation;
import dev.steward.api.QueryParameter;
import dev.steward.api.Rule;
import dev.steward.api.onboarding.OnboardingViews.OnboardingView;
import dev.steward.model.AccountFeature;
import dev.steward.model.Onboarding;
import dev.steward.model.Problem;
import dev.steward.model.Violation;
import dev.steward.storage.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Onboardings: begun, looked at, and what is to be deployed for them. */
public final class OnboardingOperations {
  private static final QueryParameter<String> FORMAT =
      QueryParameter.oneOf("format", List.of("yaml", "json", "terraform")).otherwise("yaml");

  private final OnboardingDrafts drafts;
  private final OnboardingViews views;
  private final OwnPrincipal principal;

  public OnboardingOperations(
      OnboardingDrafts drafts, OnboardingViews views, OwnPrincipal principal) {
    this.drafts = drafts;
    this.views = views;
    this.principal = principal;
  }

  public record Creation(
      @Rule(min = 1) @Nullable String name,
      @Rule(min = 1, max = 40) @Nullable String environment,
      @Rule(min = 1, max = 2) @Nullable List<AccountFeature> features) {}

  public List<Operation<?, ?>> operations() {
    return List.of(
        client("POST", "/onboarding/create", "onboarding", "Begin to connect an account")
            .takes(Creation.class)
            .gives(OnboardingView.class)
            .makes("/onboarding/{id}", OnboardingView::id)
            .once(this::create),
        client("GET", "/onboarding/template/{id}", "onboarding", "What to deploy in the account")
            .givesFile("application/yaml", "application/json", "text/plain")
            .reads(FORMAT)
            .refuses(404, 503)
            .answers(this::template),
        client("GET", "/onboarding/{id}", "onboarding", "How an onboarding stands")
            .gives(OnboardingView.class)
            .refuses(404)
            .answers(call -> views.view(call.own(), OnboardingViews.find(call.own(), call))));
  }

  private OnboardingView create(Invocation<Creation> call, Transaction t) {
    Creation wanted = call.body();
    List<AccountFeature> features =
        wanted.features() == null
            ? List.of(AccountFeature.READ)
            : wanted.features().stream().distinct().sorted().toList();
    if (!features.contains(AccountFeature.READ))
      throw Problem.invalid(List.of(new Violation("features", "must contain read")));
    return views.view(
        call.own(t),
        drafts.begin(t, call.organization(), wanted.name(), wanted.environment(), features));
  }

  private Content template(Invocation<Nothing> call) {
    Onboarding onboarding = OnboardingViews.find(call.own(), call);
    String arn = Template.principal(principal.arn());
    return switch (call.get(FORMAT)) {
      case "json" -> Content.text("application/json", Template.json(onboarding, arn));
      case "terraform" ->
          Content.text("text/plain; charset=utf-8", Template.terraform(onboarding, arn));
      default -> Content.text("application/yaml", Template.yaml(onboarding, arn));
    };
  }
}
