package dev.steward.estate.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.Verdict;
import dev.steward.model.Money;
import dev.steward.model.Resource;
import org.jspecify.annotations.Nullable;

/** What one check says of the resources of a world. */
record Judge(World world, String check) {
  Judge isWaste(Resource resource) {
    assertThat(world.judge(check, resource))
        .as(check + " of " + resource)
        .isInstanceOf(Verdict.Waste.class);
    return this;
  }

  /**
   * @param saving in dollars a month
   */
  Judge isWaste(Resource resource, double saving) {
    return costs(resource, Money.usd(saving));
  }

  /** Waste without money, and the evidence says that its price is not known. */
  Judge isUnpricedWaste(Resource resource) {
    return costs(resource, null);
  }

  private Judge costs(Resource resource, @Nullable Money saving) {
    assertThat(world.judge(check, resource))
        .as(check + " of " + resource)
        .isInstanceOfSatisfying(
            Verdict.Waste.class,
            w -> {
              assertThat(w.saving()).isEqualTo(saving);
              assertThat(w.evidence().containsKey("price")).isEqualTo(saving == null);
            });
    return this;
  }

  Judge isFine(Resource resource) {
    assertThat(world.judge(check, resource)).as(check + " of " + resource).isEqualTo(Verdict.FINE);
    return this;
  }

  /**
   * @param why the reason has this
   */
  Judge isUnknown(Resource resource, String why) {
    assertThat(world.judge(check, resource))
        .as(check + " of " + resource)
        .isInstanceOfSatisfying(
            Verdict.Unknown.class, unknown -> assertThat(unknown.reason()).contains(why));
    return this;
  }

  /** Unknown for this reason, and for no other. */
  Judge isUnknownBecause(Resource resource, String reason) {
    assertThat(world.judge(check, resource))
        .as(check + " of " + resource)
        .isEqualTo(Verdict.unknown(reason));
    return this;
  }

  /** Unknown until a scan has asked about these. */
  Judge asks(Resource resource, Resource... about) {
    assertThat(world.judge(check, resource))
        .as(check + " of " + resource)
        .isInstanceOfSatisfying(
            Verdict.Unknown.class,
            unknown -> assertThat(unknown.ask()).containsExactlyInAnyOrder(about));
    return this;
  }
}
