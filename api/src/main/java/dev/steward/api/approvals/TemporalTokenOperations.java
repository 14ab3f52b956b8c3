package dev.steward.api.approvals;

import static dev.steward.api.Operation.on;

import dev.steward.api.Access;
import dev.steward.api.Invocation;
import dev.steward.api.Operation;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.client.AccountViews;
import dev.steward.domain.governance.desk.TemporalTokens;
import dev.steward.domain.governance.desk.TemporalTokens.Issued;
import dev.steward.domain.governance.desk.TemporalTokens.Session;
import dev.steward.domain.governance.desk.TemporalTokens.Wish;
import dev.steward.model.AccountId;
import dev.steward.model.Approval;
import dev.steward.model.Change;
import dev.steward.model.Discovery;
import dev.steward.model.Json;
import dev.steward.model.Onboarding;
import dev.steward.model.Problem;
import dev.steward.model.Role;
import dev.steward.model.User;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.ApprovalRef;
import dev.steward.model.job.Jobs.ChangeRef;
import dev.steward.model.job.Jobs.DiscoveryRef;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tokens for who decides by Temporal's own tools: there a name proves nothing, so what is sent
 * carries one of these, and the answer has the very lines to send.
 */
public final class TemporalTokenOperations {
  private static final Access PEOPLE = Access.roles(Role.CLIENT, Role.APPROVER);

  private final TemporalTokens tokens;

  public TemporalTokenOperations(TemporalTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * @param answer approve, reject, or withdraw by who asked
   * @param planHash what was read
   */
  public record AnswerBody(
      @Rule(
              pattern = "approve|reject|withdraw",
              example = "approve",
              message = "must be approve, reject or withdraw",
              max = 10)
          String answer,
      @Rule(pattern = "[0-9a-f]{64}", message = "must be the plan's SHA-256", max = 64)
          String planHash) {}

  public record WishBody(
      @Rule(
              pattern = "pause|resume|cancel|undo",
              example = "pause",
              message = "must be pause, resume, cancel or undo",
              max = 10)
          String wish) {}

  public record RegionBody(
      @Rule(pattern = "[a-z0-9-]{1,40}", message = "must be the name of a region", max = 40)
          String region) {}

  /**
   * A token, good once.
   *
   * @param workflow the run that it is for
   * @param input what is sent
   * @param update the command that sends it and hears the answer; null where there is none
   * @param signal the command that only sends it
   */
  public record TemporalTokenView(
      String token,
      Instant expiresAt,
      String workflow,
      String input,
      @Nullable String update,
      String signal) {}

  public List<Operation<?, ?>> operations() {
    return List.of(
        on(
                "POST",
                "/approvals/{id}/temporal-token",
                "approvals",
                PEOPLE,
                "A token for one decision by Temporal's own tools")
            .about(request -> request.own().get(Tables.APPROVALS, request.path("id")))
            .takes(AnswerBody.class)
            .gives(TemporalTokenView.class)
            .secret()
            .refuses(404, 409)
            .repeatable("each token is one of its own, good once, and kept nowhere")
            .answers(this::answer),
        on(
                "POST",
                "/governance/changes/{id}/temporal-token",
                "governance",
                Access.roles(Role.CLIENT),
                "A token for one wish about a change by Temporal's own tools")
            .about(request -> request.own().get(Tables.CHANGES, request.path("id")))
            .takes(WishBody.class)
            .gives(TemporalTokenView.class)
            .secret()
            .refuses(404)
            .repeatable("each token is one of its own, good once, and kept nowhere")
            .answers(this::wish),
        on(
                "POST",
                "/onboarding/{id}/discovery/temporal-token",
                "onboarding",
                Access.roles(Role.CLIENT),
                "A token to skip a region by Temporal's own tools")
            .about(TemporalTokenOperations::account)
            .takes(RegionBody.class)
            .gives(TemporalTokenView.class)
            .secret()
            .refuses(404, 409)
            .repeatable("each token is one of its own, good once, and kept nowhere")
            .answers(this::skip));
  }

  private TemporalTokenView answer(Invocation<AnswerBody> request) {
    Own own = request.own();
    Approval approval = own.get(Tables.APPROVALS, request.path("id"));
    AnswerBody body = request.body();
    boolean withdrawal = body.answer().equals("withdraw");
    if (withdrawal && !approval.requestedBy().equals(request.principal().user()))
      throw Problem.of(Problem.Type.FORBIDDEN, "who asked takes it back, and nobody else");
    if (!withdrawal && !request.principal().roles().contains(Role.APPROVER))
      throw Problem.of(Problem.Type.FORBIDDEN, "this needs the role approver");
    if (!body.planHash().equals(approval.planHash()))
      throw Problem.of(
          Problem.Type.PLAN_CHANGED,
          "the decision names another plan than the one that is asked about; read "
              + approval.planHash());
    Wish wish =
        new Wish(Jobs.APPROVAL.id(ApprovalRef.of(approval)), body.answer(), body.planHash());
    return withdrawal
        ? view(request, null, wish, Map.of(), null, "withdraw")
        : view(
            request,
            Role.APPROVER,
            wish,
            Map.of("answer", body.answer(), "plan_hash", body.planHash()),
            "decide",
            "decideSignal");
  }

  private TemporalTokenView wish(Invocation<WishBody> request) {
    Change change = request.own().get(Tables.CHANGES, request.path("id"));
    String wish = request.body().wish();
    return view(
        request,
        Role.CLIENT,
        new Wish(Jobs.CHANGE.id(ChangeRef.of(change)), wish, ""),
        Map.of("wish", wish),
        "ask",
        "askSignal");
  }

  private TemporalTokenView skip(Invocation<RegionBody> request) {
    Own own = request.own();
    AccountId account = account(request);
    String region = request.body().region();
    Discovery discovery =
        own.find(Tables.DISCOVERIES, account.value())
            .filter(d -> !d.status().isOver())
            .orElseThrow(() ->
                Problem.of(Problem.Type.CONFLICT, "no discovery of the account is under way"));
    return view(
        request,
        Role.CLIENT,
        new Wish(Jobs.DISCOVERY.id(DiscoveryRef.of(discovery)), "skip " + region, ""),
        Map.of("region", region),
        "skipRegion",
        "skipRegionSignal");
  }

  private static AccountId account(Request request) {
    Own own = request.own();
    return own.find(Tables.ONBOARDINGS, request.path("id"))
        .map(TemporalTokenOperations::connected)
        .orElseGet(() -> AccountViews.find(own, request.path("id")).id());
  }

  private static AccountId connected(Onboarding onboarding) {
    AccountId account = onboarding.account();
    if (account == null)
      throw Problem.of(Problem.Type.CONFLICT, "the onboarding is not connected yet");
    return account;
  }

  private TemporalTokenView view(
      Request request,
      @Nullable Role role,
      Wish wish,
      Map<String, String> fields,
      @Nullable String update,
      String signal) {
    User user = request.user(request.own());
    Issued issued =
        tokens.issue(
            user,
            new Session(
                request.principal().tokenId(),
                request.principal().keyId(),
                request.principal().expiresAt()),
            role,
            wish);
    Map<String, String> input = new TreeMap<>(fields);
    input.put("by", user.username());
    input.put("token", issued.token());
    String json = Json.text(input);
    String rest =
        " --workflow-id "
            + wish.subject()
            + " --name %s --input '"
            + json.replace("'", "'\\''")
            + "'";
    return new TemporalTokenView(
        issued.token(),
        issued.expiresAt(),
        wish.subject(),
        json,
        update == null ? null : "temporal workflow update execute" + rest.replace("%s", update),
        "temporal workflow signal" + rest.replace("%s", signal));
  }
}
