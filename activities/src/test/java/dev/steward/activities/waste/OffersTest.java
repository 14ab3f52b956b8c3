package dev.steward.activities.waste;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.activities.EmulatedAws.Connected;
import dev.steward.activities.discovery.ListingLab;
import dev.steward.domain.governance.plan.Planner;
import dev.steward.estate.Kind;
import dev.steward.estate.PriceBook;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Finding;
import dev.steward.model.Resource;
import dev.steward.storage.Tables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a finding offers can be planned, and what cannot be planned it does not offer. */
final class OffersTest {
  private static final String HOME = "us-east-1";

  @Test
  void whateverAFindingOffersCanBePlanned(@TempDir Path folder) throws Exception {
    try (ListingLab lab = new ListingLab(folder, 100, 10_000);
        Connected at = lab.connect()) {
      NearMisses estate = new NearMisses(at.customer(), HOME);
      estate.build();
      for (Kind kind : Catalogue.KINDS) lab.list(at.account(), HOME, kind.id());
      lab.judge(at.account());
      Map<String, String> offers = new TreeMap<>();
      for (Finding finding : lab.store.state().rows(Tables.FINDINGS).stream().toList()) {
        Resource resource =
            lab.resources(at.account(), HOME, finding.kind()).stream()
                .filter(one -> one.id().equals(finding.resource()))
                .findFirst()
                .orElseThrow();
        for (String action : Catalogue.offered(finding))
          assertThat(
                  new Planner(PriceBook.current())
                      .attempt(
                          at.account(),
                          List.of(new Planner.Item("x", resource, finding, action, Map.of())))
                      .violations())
              .as(finding.check() + " " + action)
              .isEmpty();
        offers.merge(
            finding.check() + " " + resource.state(),
            String.join(",", Catalogue.offered(finding)),
            (a, b) -> a);
      }
      assertThat(offers)
          .containsEntry("unattached_address unattached", "release_address")
          .containsEntry("unattached_address attached", "release_attached_address")
          .containsEntry("load_balancer_without_targets active", "delete_load_balancer");
    }
  }
}
