package dev.steward.estate.ec2;

import static dev.steward.estate.Attribute.ids;
import static dev.steward.estate.Attribute.text;

import dev.steward.estate.Attribute;
import dev.steward.estate.KeepTag;
import dev.steward.estate.Kind;
import dev.steward.estate.Referrer;
import dev.steward.estate.Remediation;
import dev.steward.estate.Tags;
import dev.steward.estate.Use;
import dev.steward.estate.price.Item.Unit;
import dev.steward.model.Resource;
import dev.steward.model.Risk;
import java.util.List;
import java.util.Optional;

/** Elastic IP addresses. */
public final class Addresses {
  public static final String ID = "elastic_ip";

  /** Gives an address back to AWS. */
  public static final String RELEASE = "release_address";

  public static final Attribute<String> ADDRESS = text("address", "IPv4", "PublicIp");
  public static final Attribute<String> ASSOCIATION =
      text("association", "its id; absent when unattached", "AssociationId");
  public static final Attribute<List<String>> INSTANCE =
      ids("instance", "what it is attached to", "InstanceId", Instances.ID);
  public static final Attribute<List<String>> INTERFACE =
      ids("interface", "its network interface", "NetworkInterfaceId", NetworkInterfaces.ID);
  public static final Attribute<String> SERVICE_MANAGED =
      text("service_managed", "the AWS service that looks after it", "ServiceManaged");

  /** DescribeAddresses has no pages. */
  public static final Kind KIND =
      Kind.regional(ID, "Elastic IP address", "ec2:DescribeAddresses")
          .lists("Addresses[]")
          .id("AllocationId")
          .state("AssociationId && 'attached' || 'unattached'")
          .again("AllocationIds")
          .tags(Tags.listed("Tags"))
          .knows(ADDRESS, ASSOCIATION, INSTANCE, INTERFACE, SERVICE_MANAGED)
          .used(Addresses::use)
          .costs((address, prices) -> prices.hours(address, Unit.PUBLIC_IPV4_HOUR))
          .check(UnattachedAddress.CHECK)
          .action(release())
          .action(ReleaseAttachedAddress.row())
          .row();

  private Addresses() {}

  private static Remediation.Row release() {
    return Remediation.of(RELEASE, "Release the address", Risk.HIGH)
        .notUndone("AWS gives the address to somebody else")
        .needs("ec2:ReleaseAddress")
        .in("unattached")
        .watching(ADDRESS, ASSOCIATION, INSTANCE, INTERFACE)
        .takesAway()
        .referredToBy(Referrer.NAT_GATEWAYS, Referrer.ROUTE53)
        .money(money -> money.ends("the address", money.monthly()));
  }

  /**
   * What an address is attached to.
   *
   * @param kind an instance, or an interface that no instance has
   */
  public record Holder(String kind, String id) {
    String words() {
      return kind.equals(Instances.ID) ? "instance" : "network interface";
    }
  }

  /** Empty where AWS names neither. */
  public static Optional<Holder> holder(Resource address) {
    return Optional.ofNullable(INSTANCE.text(address))
        .map(id -> new Holder(Instances.ID, id))
        .or(() ->
            Optional.ofNullable(INTERFACE.text(address))
                .map(id -> new Holder(NetworkInterfaces.ID, id)));
  }

  /**
   * Whether what an address is attached to is used, so that the address is, too: a scan and the
   * look before the address is released ask the same.
   */
  public static Use holding(Resource holder) {
    if (holder.state() == null || !holder.tagsKnown()) return Use.UNKNOWN;
    if (KeepTag.isOn(holder)) return Use.USED;
    if (holder.kind().equals(Instances.ID)) return Use.unlessIn("stopped", holder);
    // What AWS keeps for a service of its own is that service's.
    return NetworkInterfaces.REQUESTER.isKnown(holder) || NetworkInterfaces.OPERATOR.isKnown(holder)
        ? Use.USED
        : Use.unlessIn("available", holder);
  }

  static Use use(Resource address) {
    return Use.of(
        ASSOCIATION.isKnown(address) || INSTANCE.isKnown(address) || INTERFACE.isKnown(address));
  }
}
