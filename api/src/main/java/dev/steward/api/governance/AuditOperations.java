package dev.steward.api.governance;

import static dev.steward.api.Operation.on;

import dev.steward.api.Access;
import dev.steward.api.Invocation;
import dev.steward.api.ListFilter;
import dev.steward.api.Operation;
import dev.steward.api.QueryParameter;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.Sorts;
import dev.steward.domain.governance.audit.AuditChain;
import dev.steward.domain.governance.desk.Auditor;
import dev.steward.domain.governance.desk.KillSwitch;
import dev.steward.model.AuditEntry;
import dev.steward.model.Problem;
import dev.steward.model.Role;
import dev.steward.model.Switch;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The audit chain, its proof, and the kill switch. */
public final class AuditOperations {
  private static final Access READ = Access.roles(Role.APPROVER, Role.ADMIN);
  private static final Access ANYBODY = Access.roles(Role.CLIENT, Role.APPROVER, Role.ADMIN);
  private final Store store;
  private final Auditor auditor;
  private final KillSwitch killSwitch;

  public AuditOperations(Store store, Auditor auditor, KillSwitch killSwitch) {
    this.store = store;
    this.auditor = auditor;
    this.killSwitch = killSwitch;
  }

  public record AuditEntryView(
      long sequence,
      Instant at,
      String actor,
      String type,
      String subject,
      Map<String, String> detail,
      String previous,
      String hash) {}

  /**
   * @param head the hash of the last entry: keep it elsewhere, and nobody can rewrite what was
   *     before
   * @param keyedFrom the first entry that is signed with the master key, 0 if none is; hashes alone
   *     hold those before
   * @param witnessed the entry up to which the chain is known outside the store, 0 if it is not
   * @param faults which entry is missing, changed, out of order or not signed
   */
  public record ProofView(
      boolean holds,
      String organization,
      long entries,
      String head,
      long keyedFrom,
      long witnessed,
      int anchors,
      List<String> faults) {}

  /** What a kill switch reaches. */
  public enum Scope {
    ORGANIZATION,
    INSTALLATION
  }

  public record SwitchBody(Scope scope, Boolean on, @Rule(min = 1, max = 500) String reason) {}

  private static final Sorts<SwitchView> SWITCHES =
      Sorts.<SwitchView>of(SwitchView::scope).constant("scope", SwitchView::scope);

  public record SwitchView(
      Scope scope,
      boolean on,
      @Nullable String reason,
      @Nullable String by,
      @Nullable Instant at) {}

  private static final QueryParameter<String> TYPE = QueryParameter.text("type");
  private static final QueryParameter<String> SUBJECT = QueryParameter.text("subject");
  private static final QueryParameter<String> ACTOR = QueryParameter.text("actor");
  private static final Sorts<AuditEntry> SORTS =
      Sorts.<AuditEntry>of(AuditEntry::sequence)
          .number("sequence", AuditEntry::sequence)
          .text("type", AuditEntry::type)
          .text("actor", AuditEntry::actor)
          .first("-sequence");

  public List<Operation<?, ?>> operations() {
    return List.of(
        on("GET", "/governance/audit", "governance", READ, "Who did what, newest first")
            .list(
                AuditEntryView.class,
                SORTS,
                ListFilter.by(TYPE, (e, type) -> type.equals(e.type())),
                ListFilter.by(SUBJECT, (e, subject) -> subject.equals(e.subject())),
                ListFilter.by(ACTOR, (e, actor) -> actor.equals(e.actor())))
            .paged(Tables.AUDIT, AuditOperations::view),
        on("GET", "/governance/audit/proof", "governance", READ, "Is the audit chain whole")
            .gives(ProofView.class)
            .answers(this::proof),
        on("GET", "/governance/kill-switch", "governance", ANYBODY, "Is a kill switch on")
            .list(SwitchView.class, SWITCHES)
            .whole(
                (own, call) ->
                    Stream.of(
                        view(own.state(), Scope.ORGANIZATION, own.organization().value()),
                        view(own.state(), Scope.INSTALLATION, Switch.INSTALLATION)),
                (own, view) -> view),
        on(
                "PUT",
                "/governance/kill-switch",
                "governance",
                READ,
                "Stop every new step at once, or let them go on")
            .takes(SwitchBody.class)
            .gives(SwitchView.class)
            .writes(this::turn));
  }

  private static AuditEntryView view(AuditEntry e) {
    return new AuditEntryView(
        e.sequence(),
        e.at(),
        e.actor(),
        e.type(),
        e.subject(),
        new TreeMap<>(e.detail()),
        e.previous(),
        e.hash());
  }

  private ProofView proof(Request request) {
    AuditChain.Proof proof = auditor.proof(store::state, request.organization());
    return new ProofView(
        proof.holds(),
        proof.organization(),
        proof.entries(),
        proof.head(),
        proof.keyedFrom(),
        proof.witnessed(),
        proof.anchors(),
        proof.faults());
  }

  private static SwitchView view(State state, Scope scope, String key) {
    return KillSwitch.find(state, key)
        .map(s -> new SwitchView(scope, s.on(), s.reason(), s.by(), s.at()))
        .orElse(new SwitchView(scope, false, null, null, null));
  }

  private SwitchView turn(Invocation<SwitchBody> call, Transaction t) {
    SwitchBody body = call.body();
    if (body.scope() == Scope.INSTALLATION && !call.principal().roles().contains(Role.ADMIN))
      throw Problem.of(Problem.Type.FORBIDDEN, "the installation's switch needs the role admin");
    String key =
        body.scope() == Scope.INSTALLATION ? Switch.INSTALLATION : call.organization().value();
    killSwitch.turn(
        t, key, body.on(), body.reason(), call.organization(), call.principal().username());
    return view(t.state(), body.scope(), key);
  }
}
