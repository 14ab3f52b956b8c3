package dev.steward.app;

import dev.steward.model.Account;
import dev.steward.model.ApprovalId;
import dev.steward.model.Delivery;
import dev.steward.model.DeliveryId;
import dev.steward.model.Ids;
import dev.steward.model.Money;
import dev.steward.model.NotificationTarget.Topic;
import dev.steward.model.OrganizationId;
import dev.steward.model.Promotion;
import dev.steward.model.PromotionId;
import dev.steward.model.RunStatus;
import dev.steward.model.Scan;
import dev.steward.model.ScanId;
import dev.steward.model.TargetId;
import dev.steward.storage.Table;
import dev.steward.storage.Tables;
import dev.steward.testing.ApiClient;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A row of one organization in every table of which a path names rows. */
final class Belongings {
  static final String AWS_ACCOUNT = "999988887777";
  static final Pattern PARAMETER = Pattern.compile("\\{\\+?(\\w+)}");

  private final WithoutTemporal platform;
  private final OrganizationId organization;
  private final Ids ids = Ids.random();
  private final Account account;
  private final Map<Table<?>, String> named = new LinkedHashMap<>();

  private final String client;
  private final String admin;

  private Belongings(WithoutTemporal platform, String client, String admin, String awsAccount) {
    this.platform = platform;
    this.client = client;
    this.admin = admin;
    this.organization = platform.organization(client);
    this.account = platform.account(organization, awsAccount, 2);
  }

  /** What names each of them in a path. */
  static Map<Table<?>, String> of(WithoutTemporal platform) {
    return of(platform, "test", "admin", AWS_ACCOUNT);
  }

  /**
   * The same of another organization.
   *
   * @param client and {@code admin} users of it
   */
  static Map<Table<?>, String> of(
      WithoutTemporal platform, String client, String admin, String awsAccount) {
    Belongings made = new Belongings(platform, client, admin, awsAccount);
    made.estate();
    made.governed();
    made.lab();
    return made.named;
  }

  /** The table whose rows the last parameter of a path's beginning names. */
  static Optional<Table<?>> table(String upTo) {
    String rest = upTo.replace("{path}", "{+path}");
    return Tables.ALL.stream()
        .filter(table -> table.paths().contains(upTo) || table.paths().contains(rest))
        .findFirst();
  }

  /**
   * An operation's path with its parameters filled in.
   *
   * @param name of a table's row; what has no table or no name is {@code x1}
   */
  static String filled(String path, Function<Table<?>, Optional<String>> name) {
    return PARAMETER
        .matcher(path)
        .replaceAll(found ->
            Matcher.quoteReplacement(
                table(path.substring(0, found.end())).flatMap(name).orElse("x1")));
  }

  private String post(String path, Object body) {
    return platform.as(client).post(path, body).ok().path("id").asText();
  }

  private void estate() {
    named.put(Tables.ACCOUNTS, account.id().value());
    named.put(Tables.ONBOARDINGS, account.onboarding().value());
    named.put(
        Tables.FINDINGS,
        platform
            .as(client)
            .get("/waste/findings?account=" + account.id())
            .ok()
            .at("/items/0/id")
            .asText());
    Scan scan =
        new Scan(
            ScanId.from(ids),
            organization,
            account.id(),
            RunStatus.COMPLETED,
            100,
            List.of(),
            List.of(),
            Money.ZERO,
            null,
            Instant.now(),
            Instant.now(),
            0,
            List.of());
    platform.platform.store().write(t -> t.put(Tables.SCANS, scan));
    named.put(Tables.SCANS, scan.id().value());
    named.put(
        Tables.PRICE_REFRESHES,
        platform.as(admin).post("/waste/prices/refreshes", null).ok().path("id").asText());
    platform.as(client).put("/waste/prices/discounts/" + account.id(), Map.of("percent", 5)).ok();
    named.put(Tables.DISCOUNTS, account.id().value());
  }

  private void governed() {
    String change =
        post("/governance/changes", Map.of("findings", List.of(named.get(Tables.FINDINGS))));
    named.put(Tables.CHANGES, change);
    named.put(
        Tables.APPROVALS,
        platform
            .as(client)
            .post("/governance/changes/" + change + "/submit", null)
            .ok()
            .path("approval")
            .asText());
    named.put(
        Tables.POLICIES,
        platform
            .as(admin)
            .post(
                "/governance/policies",
                Map.of(
                    "name",
                    "p",
                    "rules",
                    List.of(Map.of("name", "r", "when", "false", "effect", "deny"))))
            .ok()
            .path("id")
            .asText());
    named.put(
        Tables.EXEMPTIONS,
        post(
            "/governance/exemptions",
            Map.of(
                "resource",
                "vol-1",
                "reason",
                "wanted",
                "until",
                Instant.now().plusSeconds(3_600).toString())));
    String target =
        post(
            "/governance/notifications", Map.of("channel", "email", "address", "test@example.com"));
    named.put(Tables.NOTIFICATION_TARGETS, target);
    Delivery delivery =
        new Delivery(
            DeliveryId.from(ids),
            organization,
            new TargetId(target),
            Topic.REQUEST,
            "apr_1",
            "title",
            "text",
            Delivery.Status.DEAD,
            1,
            null,
            Instant.now(),
            Instant.now(),
            0);
    platform.platform.store().write(t -> t.put(Tables.DELIVERIES, delivery));
    named.put(Tables.DELIVERIES, delivery.id().value());
  }

  private void lab() {
    ApiClient user = platform.as(client);
    String set =
        user.sendBytes(
                "POST",
                "/lab/datasets?name=a&frequency=daily",
                "id,v1,v2,v3\na,1.0,,3\n".getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "text/csv"))
            .ok()
            .path("id")
            .asText();
    named.put(Tables.DATA_SETS, set);
    named.put(Tables.PREDICTIONS, post("/ai/predictions", Map.of("data_set", set, "horizon", 2)));
    var run =
        user.post("/api/2.0/mlflow/runs/create", Map.of("run_name", "r")).ok().at("/run/info");
    named.put(Tables.RUNS, run.path("run_id").asText());
    named.put(Tables.EXPERIMENTS, run.path("experiment_id").asText());
    user.post("/api/2.0/mlflow/registered-models/create", Map.of("name", "mine")).ok();
    named.put(Tables.MODELS, "mine");
    user.post(
            "/api/2.0/mlflow/model-versions/create", Map.of("name", "mine", "source", "elsewhere"))
        .ok();
    named.put(Tables.MODEL_VERSIONS, "1");
    Promotion promotion =
        new Promotion(
            PromotionId.from(ids),
            organization,
            "mine",
            1,
            null,
            new ApprovalId(Objects.requireNonNull(named.get(Tables.APPROVALS))),
            "evidence",
            "hash",
            Promotion.Status.REFUSED,
            client,
            Instant.now(),
            Instant.now());
    platform.platform.store().write(t -> t.put(Tables.PROMOTIONS, promotion));
    named.put(Tables.PROMOTIONS, promotion.id().value());
  }
}
