package dev.steward.estate.ec2;

import static dev.steward.estate.Attribute.ids;
import static dev.steward.estate.Attribute.text;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.Tags;
import dev.steward.estate.Use;
import dev.steward.estate.price.Item.Unit;
import dev.steward.model.Resource;
import java.util.List;

/** Elastic IP addresses. */
public final class Addresses {
  public static final String ID = "elastic_ip";

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
          .row();

  private Addresses() {}

  static Use use(Resource address) {
    return Use.of(
        ASSOCIATION.isKnown(address) || INSTANCE.isKnown(address) || INTERFACE.isKnown(address));
  }
}
