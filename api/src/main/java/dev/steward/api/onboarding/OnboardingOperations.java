package dev.steward.api.onboarding;

import static dev.steward.api.Operation.client;

import dev.steward.api.Content;
import dev.steward.api.HttpJson;
import dev.steward.api.Invocation;
import dev.steward.api.ListFilter;
import dev.steward.api.Nothing;
import dev.steward.api.Operation;
import dev.steward.api.QueryParameter;
import dev.steward.api.Reply;
import dev.steward.api.Rule;
import dev.steward.api.Sorts;
import dev.steward.api.Yaml;
import dev.steward.api.onboarding.OnboardingViews.OnboardingView;
import dev.steward.model.AccountFeature;
import dev.steward.model.Onboarding;
import dev.steward.model.Problem;
import dev.steward.model.Violation;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Onboardings: begun, looked at, and what is to be deployed for them. */
public final class OnboardingOperations {
  private static final QueryParameter<String> FORMAT =
      QueryParameter.oneOf("format", List.of("yaml", "json", "terraform"))
          .means("the document itself; yaml if it is left out and application/json not asked for");
  private static final QueryParameter<Onboarding.Status> STATUS =
      QueryParameter.constant("status", Onboarding.Status.class);
  private static final Sorts<Onboarding> SORTS =
      Sorts.<Onboarding>of(Onboarding::id)
          .time("created_at", Onboarding::createdAt)
          .time("verified_at", Onboarding::verifiedAt)
          .text("name", Onboarding::name)
          .text("environment", Onboarding::environment)
          .constant("status", Onboarding::status)
          .first("-created_at");

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
      @Rule(min = 1, aliases = "account_name") @Nullable String name,
      @Rule(min = 1, max = 40) @Nullable String environment,
      @Rule(min = 1, max = 2) @Nullable List<AccountFeature> features) {}

  /**
   * The template as a member, for the front ends of the replaced backend.
   *
   * @param template a CloudFormation document as YAML
   */
  public record TemplateView(String id, String externalId, String format, String template) {}

  public List<Operation<?, ?>> operations() {
    return List.of(
        client("POST", "/onboarding/create", "onboarding", "Begin to connect an account")
            .takes(Creation.class)
            .gives(OnboardingView.class)
            .makes("/onboarding/{id}", OnboardingView::id)
            .once(this::create),
        client("GET", "/onboarding/template/{id}", "onboarding", "What to deploy in the account")
            .givesFile(Yaml.TYPE, Reply.JSON, "text/plain")
            .reads(FORMAT)
            .refuses(404, 503)
            .answers(this::template),
        client("GET", "/onboarding/{id}", "onboarding", "How an onboarding stands")
            .gives(OnboardingView.class)
            .refuses(404)
            .answers(call -> views.view(call.own(), OnboardingViews.find(call.own(), call))),
        client(
                "GET",
                "/onboarding",
                "onboarding",
                "Every onboarding; one that has connected nothing is forgotten after keep.onboarding-days")
            .list(
                OnboardingView.class,
                SORTS,
                ListFilter.by(STATUS, (o, status) -> status == o.status()))
            .forgetting(Tables.ONBOARDINGS)
            .paged((own, call) -> own.all(Tables.ONBOARDINGS), views::view),
        client(
                "DELETE",
                "/onboarding/{id}",
                "onboarding",
                "Withdraw one that has connected nothing; its access keys are destroyed")
            .refuses(404, 409)
            .writes(this::withdraw));
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

  /** A verification that is under way finds nothing to conclude. */
  private Nothing withdraw(Invocation<Nothing> call, Transaction t) {
    Onboarding onboarding = OnboardingViews.find(call.own(t), call);
    if (!onboarding.isPending())
      throw Problem.of(
          Problem.Type.CONFLICT,
          onboarding.account() == null
              ? "this onboarding was disconnected; it stays as a record of that"
              : "this onboarding has connected an account; DELETE /client/accounts/{id} disconnects it");
    drafts.withdraw(t, onboarding);
    return Nothing.NOTHING;
  }

  private Content template(Invocation<Nothing> call) {
    Onboarding onboarding = OnboardingViews.find(call.own(), call);
    String arn = Template.principal(principal.arn());
    if (call.find(FORMAT).isEmpty() && call.best(Yaml.TYPE, Reply.JSON).equals(Reply.JSON))
      return Content.of(
          Reply.JSON,
          HttpJson.bytes(
              new TemplateView(
                  onboarding.id().value(),
                  onboarding.externalId(),
                  "yaml",
                  Template.yaml(onboarding, arn))));
    return switch (call.find(FORMAT).orElse("yaml")) {
      case "json" -> Content.text(Reply.JSON, Template.json(onboarding, arn));
      case "terraform" ->
          Content.text("text/plain; charset=utf-8", Template.terraform(onboarding, arn));
      default -> Content.text(Yaml.TYPE, Template.yaml(onboarding, arn));
    };
  }
}
