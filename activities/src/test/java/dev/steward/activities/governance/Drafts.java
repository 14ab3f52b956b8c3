package dev.steward.activities.governance;

import dev.steward.activities.EmulatedAws;
import dev.steward.aws.Lister;
import dev.steward.aws.actions.UsageProbe;
import dev.steward.domain.governance.desk.ChangeDesk;
import dev.steward.domain.governance.desk.Estates;
import dev.steward.domain.governance.desk.OvertakenException;
import dev.steward.domain.governance.plan.Planner;
import dev.steward.estate.Remediation;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Change;
import dev.steward.model.Finding;
import dev.steward.model.FindingId;
import dev.steward.model.Money;
import dev.steward.model.PlanStep;
import dev.steward.model.Resource;
import dev.steward.model.ScanId;
import dev.steward.model.User;
import dev.steward.storage.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people plan for resources that are there. */
final class Drafts {
  private final Life life;
  private final EmulatedAws.Connected at;

  Drafts(Life life, EmulatedAws.Connected at) {
    this.life = life;
    this.at = at;
  }

  /** Each action on a new resource of its own. */
  Change fresh(User user, String... actions) {
    List<Planner.Item> items = new ArrayList<>();
    for (String action : actions)
      items.add(item(action, life.worlds().make(action), null, parameters(action)));
    return draft(user, items);
  }

  /** What the check recommends. */
  Change ofFinding(User user, String check, String action, String id) {
    Finding finding =
        new Finding(
            FindingId.from(life.ids),
            life.organization,
            life.account.id(),
            new ScanId("scn_life000000"),
            check,
            Catalogue.remediation(action).orElseThrow().kind(),
            Worlds.REGION,
            id,
            null,
            Finding.State.OPEN,
            Money.usd(10),
            Finding.Confidence.HIGH,
            Map.of(),
            "test",
            1,
            life.now(),
            life.now(),
            null,
            null,
            null,
            null);
    life.store.write(t -> t.put(Tables.FINDINGS, finding));
    return draft(user, List.of(item(action, id, finding, Map.of())));
  }

  Change of(User user, String action, String id) {
    return of(user, action, id, parameters(action));
  }

  Change of(User user, String action, String id, Map<String, String> parameters) {
    return draft(user, List.of(item(action, id, null, parameters)));
  }

  private static Map<String, String> parameters(String action) {
    return action.equals("resize_instance") ? Map.of("instance_type", "m5.xlarge") : Map.of();
  }

  private Planner.Item item(
      String action, String id, @Nullable Finding finding, Map<String, String> parameters) {
    Remediation remediation = Catalogue.remediation(action).orElseThrow();
    return new Planner.Item("x", read(remediation, id), finding, action, parameters);
  }

  private Change draft(User user, List<Planner.Item> items) {
    ChangeDesk desk = life.desks.changes();
    return OvertakenException.again(() -> {
      Estates estates = new Estates(life.store.state());
      var managed = desk.managed(estates, life.account, user, items);
      return life.store.write(
          t -> desk.draft(t, life.account, user, "a change", items, estates, managed));
    });
  }

  /** Asks for the last day of what the first step is about, as the look before it does. */
  List<String> probe(Change change) {
    PlanStep step = change.planned(1);
    Remediation action = Catalogue.remediation(step.action()).orElseThrow();
    return UsageProbe.refusals(
        at.acting(action, step.region()),
        read(action, step.resource()),
        Catalogue.lastDay(step.check()).orElseThrow(),
        Map.of(),
        life.now());
  }

  private Resource read(Remediation remediation, String id) {
    return Lister.read(
            Catalogue.kind(remediation.kind()), at.acting(remediation, Worlds.REGION), id)
        .orElseThrow();
  }
}
