package dev.steward.storage;

import dev.steward.model.Approval;
import dev.steward.model.AuditAnchor;
import dev.steward.model.AuditEntry;
import dev.steward.model.AuditHead;
import dev.steward.model.Change;
import dev.steward.model.Delivery;
import dev.steward.model.Exemption;
import dev.steward.model.FindingId;
import dev.steward.model.KeptWord;
import dev.steward.model.NotificationTarget;
import dev.steward.model.OrganizationId;
import dev.steward.model.Policy;
import dev.steward.model.SavingsEntry;
import dev.steward.model.Switch;
import java.util.List;
import java.util.Optional;

/** What is asked, decided, done and proven. */
interface GovernanceTables {
  String PROOF = "stay for good: they prove who decided what";

  Table<Change> CHANGES =
      Table.named("changes", "change", Change.class, c -> c.id().value())
          .of(Change::organization)
          .about(EstateTables.ACCOUNTS, c -> c.account().value(), "it proves what was done")
          .index(Index.on("account", c -> c.account().value()))
          .index(new Index<>("finding", GovernanceTables::findings))
          .at("/governance/changes/{id}")
          .kept(PROOF);
  Table<Approval> APPROVALS =
      Table.named("approvals", "approval", Approval.class, a -> a.id().value())
          .of(Approval::organization)
          .index(Index.on("status", a -> Tables.approvals(a.organization(), a.status())))
          .at("/approvals/{id}")
          .kept(PROOF);

  /** The newest version of each policy. */
  Table<Policy> POLICIES =
      Table.named("policies", "policy", Policy.class, p -> p.id().value())
          .of(Policy::organization)
          .at("/governance/policies/{id}")
          .kept(PlatformTables.SET_UP);

  /** Every version that there ever was. */
  Table<Policy> POLICY_VERSIONS =
      Table.named("policy_versions", "version of the policy", Policy.class, Policy::versionKey)
          .of(Policy::organization)
          .about(POLICIES, p -> p.id().value(), "rulings name it")
          .kept(PROOF);

  Table<Exemption> EXEMPTIONS =
      Table.named("exemptions", "exemption", Exemption.class, e -> e.id().value())
          .of(Exemption::organization)
          .about(
              EstateTables.ACCOUNTS,
              e -> e.account() == null ? null : e.account().value(),
              "it is kept as a word")
          .index(Index.on("place", Exemption::place))
          .at("/governance/exemptions/{id}")
          .kept(PlatformTables.SET_UP);
  Table<KeptWord> KEPT_WORDS =
      Table.named("kept_words", "kept judgement", KeptWord.class, KeptWord::key)
          .ofKey(KeptWord::organization)
          .kept(
              "one for each AWS account that was disconnected, until what it holds is taken up or"
                  + " let go");
  Table<SavingsEntry> SAVINGS =
      Table.named("savings", "line of the ledger", SavingsEntry.class, SavingsEntry::key)
          .of(SavingsEntry::organization)
          .about(EstateTables.ACCOUNTS, s -> s.account().value(), "it proves what was saved")
          .kept(PROOF);
  Table<AuditEntry> AUDIT =
      Table.named("audit", "audit entry", AuditEntry.class, AuditEntry::key)
          .ofKey(AuditEntry::organization)
          .kept(PROOF);
  Table<AuditAnchor> AUDIT_ANCHORS =
      Table.named("audit_anchors", "audit anchor", AuditAnchor.class, AuditAnchor::key)
          .ofKey(AuditAnchor::organization)
          .kept(PROOF + ". One is written once an hour at most, where the chain grew");
  Table<AuditHead> AUDIT_HEADS =
      Table.named(
              "audit_heads",
              "end of an audit chain",
              AuditHead.class,
              h -> h.organization().value())
          .ofKey(AuditHead::organization)
          .kept("one an organization");
  Table<Switch> SWITCHES =
      Table.named("switches", "kill switch", Switch.class, Switch::scope)
          .ofKey(s -> s.scope().equals(Switch.INSTALLATION) ? null : new OrganizationId(s.scope()))
          .kept(PlatformTables.SET_UP);
  Table<NotificationTarget> NOTIFICATION_TARGETS =
      Table.named(
              "notification_targets",
              "notification target",
              NotificationTarget.class,
              t -> t.id().value())
          .of(NotificationTarget::organization)
          .holding(NotificationTarget::secret)
          .at("/governance/notifications/{id}")
          .kept(PlatformTables.SET_UP);
  Table<Delivery> DELIVERIES =
      Table.named("deliveries", "delivery", Delivery.class, d -> d.id().value())
          .of(Delivery::organization)
          .at("/governance/notifications/deliveries/{id}")
          .kept(
              new Keep.Forgotten<>(
                  "keep.delivery-days",
                  "keep.deliveries",
                  "one that waits stays, and is given up after a day",
                  d -> d.status() == Delivery.Status.WAITING ? null : d.endedAt(),
                  Delivery::createdAt,
                  0,
                  (state, delivery) -> false));

  List<Table<?>> GOVERNED =
      List.of(
          CHANGES,
          APPROVALS,
          POLICIES,
          POLICY_VERSIONS,
          EXEMPTIONS,
          KEPT_WORDS,
          SAVINGS,
          AUDIT,
          AUDIT_ANCHORS,
          AUDIT_HEADS,
          SWITCHES,
          NOTIFICATION_TARGETS,
          DELIVERIES);

  private static List<String> findings(Change change) {
    return change.plan().steps().stream()
        .flatMap(s -> Optional.ofNullable(s.finding()).stream())
        .map(FindingId::value)
        .distinct()
        .toList();
  }
}
