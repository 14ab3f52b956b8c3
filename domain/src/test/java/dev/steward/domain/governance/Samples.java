package dev.steward.domain.governance;

import dev.steward.domain.governance.audit.AuditChain;
import dev.steward.domain.governance.plan.Planner;
import dev.steward.estate.PriceBook;
import dev.steward.model.Account;
import dev.steward.model.AccountId;
import dev.steward.model.AuditEntry;
import dev.steward.model.AwsAccountId;
import dev.steward.model.ConnectionMethod;
import dev.steward.model.OnboardingId;
import dev.steward.model.OrganizationId;
import dev.steward.model.Plan;
import dev.steward.model.Policy;
import dev.steward.model.Policy.Effect;
import dev.steward.model.PolicyId;
import dev.steward.model.Resource;
import dev.steward.model.Role;
import dev.steward.model.User;
import dev.steward.model.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Things to test with. */
final class Samples {
  static final OrganizationId ORGANIZATION = new OrganizationId("org_sample0000");
  static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private Samples() {}

  static Account account(String environment) {
    return new Account(
        new AccountId("acc_sample0000"),
        ORGANIZATION,
        new AwsAccountId("111122223333"),
        "shop",
        environment,
        ConnectionMethod.ROLE,
        Account.Status.CONNECTED,
        new OnboardingId("onb_sample0000"),
        "arn:aws:iam::111122223333:role/steward",
        "ext",
        null,
        List.of(),
        Map.of(),
        List.of(),
        List.of(),
        NOW);
  }

  static Resource volume(String id, Map<String, String> tags) {
    return new Resource(
        id,
        "ebs_volume",
        "us-east-1",
        null,
        "available",
        NOW.minusSeconds(86_400 * 60),
        tags,
        Map.of("size_gb", "100", "volume_type", "gp2"));
  }

  static Plan plan(int volumes) {
    List<Planner.Item> items = new ArrayList<>();
    for (int i = 0; i < volumes; i++)
      items.add(
          new Planner.Item(
              "findings[" + i + "]",
              volume("vol-" + i, Map.of("team", "a")),
              null,
              "snapshot_and_delete_volume",
              Map.of()));
    return new Planner(PriceBook.current()).plan(account("production"), items);
  }

  /** Whatever is asked for is approved by itself. */
  static Policy.Rule automatic() {
    return rule("automatic", "true", Effect.AUTO_APPROVE);
  }

  static Policy.Rule rule(String name, String when, Effect effect) {
    return rule(name, when, effect, effect == Effect.EXEMPT ? NOW.plusSeconds(3_600) : null);
  }

  static Policy.Rule rule(String name, String when, Effect effect, @Nullable Instant until) {
    return new Policy.Rule(
        name, when, effect, null, until, null, null, List.of(), null, null, null, null);
  }

  static Policy policy(Policy.Rule... rules) {
    return new Policy(
        new PolicyId("pol_sample0000"),
        ORGANIZATION,
        1,
        "policy",
        "",
        true,
        List.of(rules),
        "admin",
        NOW);
  }

  static User user(String name, Role... roles) {
    return new User(
        new UserId("usr_" + (name + "0000").toLowerCase(java.util.Locale.ROOT)),
        ORGANIZATION,
        name,
        null,
        "hash",
        List.of(roles),
        0,
        false,
        NOW);
  }

  /** As somebody writes it anew who has no key: it says another actor. */
  static AuditEntry byAnother(AuditEntry e) {
    return new AuditEntry(
        e.organization(),
        e.sequence(),
        e.at(),
        "nobody",
        e.type(),
        e.subject(),
        e.detail(),
        e.previous(),
        e.hash(),
        e.mac());
  }

  /** The entry with a hash that follows from the one before. */
  static AuditEntry after(String previous, AuditEntry e) {
    return AuditChain.sealed(
        new AuditEntry(
            e.organization(),
            e.sequence(),
            e.at(),
            e.actor(),
            e.type(),
            e.subject(),
            e.detail(),
            previous,
            "",
            e.mac()));
  }

  static @Nullable User find(List<User> users, UserId id) {
    return users.stream().filter(u -> u.id().equals(id)).findFirst().orElse(null);
  }
}
