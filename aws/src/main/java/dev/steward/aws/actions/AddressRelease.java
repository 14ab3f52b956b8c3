package dev.steward.aws.actions;

import dev.steward.aws.AwsError;
import dev.steward.aws.Lister;
import dev.steward.estate.Use;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.estate.ec2.Addresses;
import dev.steward.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.ec2.model.Address;
import software.amazon.awssdk.services.ec2.model.AllocateAddressRequest;
import software.amazon.awssdk.services.ec2.model.DomainType;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/** Detaches an address before it releases it; the undo asks AWS for the same one. */
final class AddressRelease implements Action {
  private static final String ADDRESS = "address";
  private static final String ASSOCIATION = "association";
  private static final String INTERFACE = "interface";
  private static final String PRIVATE = "private_address";
  private static final String BORDER_GROUP = "border_group";
  private static final String POOL = "pool";

  @Override
  public Map<String, String> recipe(Site site, Resource now) {
    Address address = describe(site, site.id());
    Map<String, String> recipe = new TreeMap<>();
    recipe.put(ADDRESS, address.publicIp());
    recipe.put(ASSOCIATION, address.associationId());
    recipe.put(INTERFACE, address.networkInterfaceId());
    recipe.put(PRIVATE, address.privateIpAddress());
    recipe.put(BORDER_GROUP, address.networkBorderGroup());
    recipe.put(POOL, address.publicIpv4Pool());
    recipe.values().removeIf(value -> value == null || value.isEmpty());
    return recipe;
  }

  private static Address describe(Site site, String id) {
    return site.clients().ec2().describeAddresses(r -> r.allocationIds(id)).addresses().getFirst();
  }

  @Override
  public Acted act(Site site) {
    Optional<Resource> now = site.read();
    if (now.isEmpty()) return Acted.done("it is gone");
    String association = Addresses.ASSOCIATION.of(now.get(), "");
    if (!association.isEmpty()) {
      if (!association.equals(site.note(ASSOCIATION)))
        return Acted.drifted("it is attached to something else");
      Action.takeAway(
          () -> site.clients().ec2().disassociateAddress(r -> r.associationId(association)));
      site.untilState("unattached");
    }
    Action.takeAway(() -> site.clients().ec2().releaseAddress(r -> r.allocationId(site.id())));
    site.untilGone();
    return Acted.done("detached and released");
  }

  @Override
  public Back undo(Site site) {
    if (site.note(INTERFACE).isEmpty()) return new Back(true, "nothing was done");
    if (site.settled().isPresent())
      return attached(site, site.id())
          ? new Back(true, "it was not released, and is attached as it was")
          : new Back(false, "it was not released, and is attached to something else");
    if (!isThere(site)) return new Back(false, "what it was attached to is gone");
    String id = again(site).orElseGet(() -> allocate(site));
    boolean back = attached(site, id);
    String address = describe(site, id).publicIp();
    return new Back(
        back,
        (back ? "allocated and attached again as " : "it is attached to something else: ")
            + address
            + (address.equals(site.note(ADDRESS)) ? "" : ", another address than before"));
  }

  /** Whether the address is attached as it was; it is, unless somebody else has attached it. */
  private static boolean attached(Site site, String id) {
    String has = Optional.ofNullable(describe(site, id).networkInterfaceId()).orElse("");
    if (!has.isEmpty()) return has.equals(site.note(INTERFACE));
    site.onceKnown(
        id,
        () ->
            site.clients()
                .ec2()
                .associateAddress(r -> {
                  r.allocationId(id).networkInterfaceId(site.note(INTERFACE));
                  r.allowReassociation(false);
                  if (!site.note(PRIVATE).isEmpty()) r.privateIpAddress(site.note(PRIVATE));
                }));
    return true;
  }

  private static boolean isThere(Site site) {
    try {
      return !site.clients()
          .ec2()
          .describeNetworkInterfaces(r -> r.networkInterfaceIds(site.note(INTERFACE)))
          .networkInterfaces()
          .isEmpty();
    } catch (Ec2Exception e) {
      if (!AwsError.isAbsent(e)) throw e;
      return false;
    }
  }

  /** The one that an earlier undo allocated. */
  private static Optional<String> again(Site site) {
    return site
        .clients()
        .ec2()
        .describeAddresses(r -> r.filters(Ec2Tags.filter(Site.UNDO_TAG, site.mark())))
        .addresses()
        .stream()
        .map(Address::allocationId)
        .findFirst();
  }

  /**
   * The same address, or where AWS has given it to somebody else another one of its pool (EC2 API
   * reference, AllocateAddress: Address).
   */
  private static String allocate(Site site) {
    try {
      return allocate(site, request(site).address(site.note(ADDRESS)));
    } catch (Ec2Exception e) {
      // Whatever else it is, asking for any address meets it again.
      if (AwsError.of(e).passes()) throw e;
      return allocate(site, request(site));
    }
  }

  private static String allocate(Site site, AllocateAddressRequest.Builder request) {
    return site.clients().ec2().allocateAddress(request.build()).allocationId();
  }

  private static AllocateAddressRequest.Builder request(Site site) {
    AllocateAddressRequest.Builder request =
        AllocateAddressRequest.builder()
            .domain(DomainType.VPC)
            .tagSpecifications(Ec2Tags.on(ResourceType.ELASTIC_IP, site.marked(Site.UNDO_TAG)));
    if (!site.note(BORDER_GROUP).isEmpty()) request.networkBorderGroup(site.note(BORDER_GROUP));
    if (!site.note(POOL).isEmpty() && !site.note(POOL).equals("amazon"))
      request.publicIpv4Pool(site.note(POOL));
    return request;
  }

  /** Says what speaks for what the address is attached to; what is not known does. */
  static List<String> holder(Site site, Resource address) {
    Optional<Addresses.Holder> holder = Addresses.holder(address);
    if (holder.isEmpty()) return List.of();
    Optional<Resource> held =
        Lister.read(Catalogue.kind(holder.get().kind()), site.clients(), holder.get().id());
    String what = "what it is attached to, " + holder.get().id() + ", ";
    if (held.isEmpty()) return List.of(what + "is not shown");
    return Addresses.holding(held.get()) == Use.UNUSED
        ? List.of()
        : List.of(what + "is " + held.get().state() + " or wanted");
  }
}
