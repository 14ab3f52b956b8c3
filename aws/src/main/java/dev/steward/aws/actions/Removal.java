package dev.steward.aws.actions;

import dev.steward.model.Resource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Takes away what one call takes away, and nothing brings back.
 *
 * @param unused whether the resource may be taken away as it is now
 */
record Removal(Predicate<Resource> unused, Consumer<Site> call) implements Action {
  static Removal address() {
    return new Removal(
        r -> "unattached".equals(r.state()),
        site -> site.clients().ec2().releaseAddress(r -> r.allocationId(site.id())));
  }

  static Removal natGateway() {
    return new Removal(
        r -> "available".equals(r.state()),
        site -> site.clients().ec2().deleteNatGateway(r -> r.natGatewayId(site.id())));
  }

  static Removal networkInterface() {
    return new Removal(
        r -> "available".equals(r.state()),
        site -> site.clients().ec2().deleteNetworkInterface(r -> r.networkInterfaceId(site.id())));
  }

  static Removal loadBalancer() {
    return new Removal(
        r -> true,
        site -> site.clients().balancers().deleteLoadBalancer(r -> r.loadBalancerArn(site.id())));
  }

  @Override
  public Acted act(Site site) {
    Optional<Resource> now = site.read();
    if (now.isPresent() && !unused.test(now.get()))
      return Acted.drifted("it is " + now.get().state());
    if (now.isPresent()) {
      Action.takeAway(() -> call.accept(site));
      site.untilGone();
    }
    return Acted.done("it is gone");
  }

  @Override
  public Back undo(Site site) {
    return Action.lost(site);
  }
}
