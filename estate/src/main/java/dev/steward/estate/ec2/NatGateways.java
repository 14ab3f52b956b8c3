package dev.steward.estate.ec2;

import static dev.steward.estate.Attribute.text;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.Metric;
import dev.steward.estate.Paging;
import dev.steward.estate.PriceBook;
import dev.steward.estate.Referrer;
import dev.steward.estate.Remediation;
import dev.steward.estate.Tags;
import dev.steward.estate.price.Item.Unit;
import dev.steward.model.Risk;

/** NAT gateways. */
public final class NatGateways {
  public static final String ID = "nat_gateway";

  /** Takes one away. */
  public static final String DELETE = "delete_nat_gateway";

  public static final Attribute<String> VPC = text("vpc", "its VPC", "VpcId");
  public static final Attribute<String> SUBNET = text("subnet", "its subnet", "SubnetId");

  public static final Kind KIND =
      Kind.regional(ID, "NAT gateway", "ec2:DescribeNatGateways")
          .lists("NatGateways[]")
          .id("NatGatewayId")
          .state("State")
          .created("CreateTime")
          .pages(Paging.EC2)
          .again("NatGatewayIds")
          .goneIn("deleted")
          .goingIn("deleting")
          .tags(Tags.listed("Tags"))
          .knows(VPC, SUBNET)
          .measures(
              Metric.of(
                  "bytes_out",
                  "AWS/NATGateway",
                  "BytesOutToDestination",
                  "NatGatewayId",
                  "Sum",
                  "bytes"),
              Metric.of(
                  "connections",
                  "AWS/NATGateway",
                  "ActiveConnectionCount",
                  "NatGatewayId",
                  "Maximum",
                  "count"))
          .costs((gateway, prices) ->
              PriceBook.whileIn(
                  "available", gateway, one -> prices.hours(one, Unit.NAT_GATEWAY_HOUR)))
          .check(IdleNatGateway.CHECK)
          .action(delete())
          .row();

  private NatGateways() {}

  private static Remediation.Row delete() {
    return Remediation.of(DELETE, "Delete the NAT gateway", Risk.HIGH)
        .notUndone("a new gateway has another id, which every route would have to name")
        .needs("ec2:DeleteNatGateway")
        .in("available")
        .unused()
        .watching(VPC, SUBNET)
        .takesAway()
        .referredToBy(Referrer.ROUTES)
        .money(money ->
            money
                .ends("the gateway's hours", money.monthly())
                .stays(
                    "its Elastic IP",
                    money.prices().hours(money.resource(), Unit.PUBLIC_IPV4_HOUR)));
  }
}
