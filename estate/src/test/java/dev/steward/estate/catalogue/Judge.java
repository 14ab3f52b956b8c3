package dev.steward.estate.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.Verdict;
import dev.steward.model.Resource;

/** What one check says of the resources of a world. */
record Judge(World world, String check) {
  Judge isWaste(Resource resource) {
    assertThat(world.judge(check, resource))
        .as(check + " of " + resource)
        .isInstanceOf(Verdict.Waste.class);
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
