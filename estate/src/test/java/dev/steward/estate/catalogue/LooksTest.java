package dev.steward.estate.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.Looks;
import dev.steward.model.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What one discovery after the other sees of a resource. */
final class LooksTest {
  private static final Instant FIRST = Instant.parse("2026-10-01T00:00:00Z");
  private final World world = new World();

  private Resource look(Resource now, @Nullable Resource earlier, int day) {
    return Looks.kept(
        Catalogue.kind(now.kind()), now, earlier, world.sight(), FIRST.plus(Duration.ofDays(day)));
  }

  private Resource volume(String state) {
    return world.add("ebs_volume", "vol", state, 60, "size_gb", "1");
  }

  @Test
  void theFirstOfTheLooksThatSawItUnusedIsKept() {
    Resource first =
        Looks.kept(Catalogue.kind("ebs_volume"), volume("available"), null, world.sight(), FIRST);
    assertThat(Looks.of(first)).isEqualTo(new Looks(FIRST, false));
    Resource second = look(volume("available"), first, 1);
    assertThat(Looks.of(second)).isEqualTo(new Looks(FIRST, false));
    Resource used = look(volume("in-use"), second, 2);
    assertThat(Looks.of(used)).isEqualTo(new Looks(null, true));
    assertThat(Looks.of(look(volume("in-use"), used, 3))).isEqualTo(Looks.of(used));
    Resource again = look(volume("available"), used, 3);
    assertThat(Looks.of(again)).isEqualTo(new Looks(FIRST.plus(Duration.ofDays(3)), true));
    assertThat(Looks.of(look(volume("available"), again, 4))).isEqualTo(Looks.of(again));
  }

  @Test
  void whatAnotherKindShowsIsSeenThere() {
    volume("in-use");
    Resource snapshot = world.add("ebs_snapshot", "snap", "completed", 60, "volume", "vol");
    Resource living =
        Looks.kept(Catalogue.kind(snapshot.kind()), snapshot, null, world.sight(), FIRST);
    assertThat(Looks.of(living)).isEqualTo(new Looks(null, true));
    assertThat(Looks.of(Looks.kept(Catalogue.kind(snapshot.kind()), snapshot, living, null, FIRST)))
        .isEqualTo(Looks.of(living));
    world.inventory.removeFirst();
    Resource orphan = look(snapshot, living, 1);
    assertThat(Looks.of(orphan)).isEqualTo(new Looks(FIRST.plus(Duration.ofDays(1)), true));
    // A look that shows nothing takes nothing away.
    assertThat(Looks.of(Looks.kept(Catalogue.kind(snapshot.kind()), snapshot, orphan, null, FIRST)))
        .isEqualTo(Looks.of(orphan));
    assertThat(Objects.requireNonNull(Catalogue.kind("ebs_snapshot").use()).needs())
        .containsExactly("ebs_volume");
    assertThat(Objects.requireNonNull(Catalogue.kind("ebs_volume").use()).needs()).isEmpty();
  }

  @Test
  void itsTargetsShowWhetherABalancerIsUsed() {
    Resource balancer = world.add("load_balancer", "lb", "active", 60);
    world.add("target_group", "tg", null, 60, "load_balancers", "lb", "targets", "2");
    Resource used =
        Looks.kept(Catalogue.kind(balancer.kind()), balancer, null, world.sight(), FIRST);
    world.inventory.removeLast();
    world.add("target_group", "tg", null, 60, "load_balancers", "lb", "targets", "0");
    assertThat(Looks.of(look(balancer, used, 1)).before()).isTrue();
    world.inventory.removeLast();
    // How many there are was not answered: they may be there, or not.
    world.add("target_group", "tg", null, 60, "load_balancers", "lb");
    assertThat(Looks.of(look(balancer, used, 1))).isEqualTo(Looks.of(used));
    Resource untold = look(balancer, null, 1);
    assertThat(Looks.of(untold)).isEqualTo(new Looks(null, false));
    world.inventory.removeLast();
    assertThat(Looks.of(look(balancer, untold, 2)))
        .isEqualTo(new Looks(FIRST.plus(Duration.ofDays(2)), false));
  }

  @Test
  void noLookIsNoKnowledge() {
    Looks now = new Looks(FIRST.plus(Duration.ofDays(1)), false);
    // Kept by a version that kept no marks, or whose only look could not tell.
    assertThat(Looks.of(look(volume("available"), volume("available"), 1))).isEqualTo(now);
    Resource image = world.add("ec2_image", "ami", "available", 60);
    Resource untold = Looks.kept(Catalogue.kind(image.kind()), image, null, null, FIRST);
    assertThat(untold).isEqualTo(image);
    assertThat(Looks.of(look(image, untold, 1))).isEqualTo(now);
    Resource stateless = world.add("ec2_instance", "i", null, 60);
    Resource stopped = world.add("ec2_instance", "i", "stopped", 60);
    assertThat(Looks.of(look(stopped, look(stateless, null, 0), 1))).isEqualTo(now);
  }
}
