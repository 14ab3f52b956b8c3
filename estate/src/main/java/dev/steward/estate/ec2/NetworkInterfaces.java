package dev.steward.estate.ec2;

import static dev.steward.estate.Attribute.ids;
import static dev.steward.estate.Attribute.text;

import dev.steward.estate.Attribute;
import dev.steward.estate.Kind;
import dev.steward.estate.Paging;
import dev.steward.estate.Referrer;
import dev.steward.estate.Remediation;
import dev.steward.estate.Tags;
import dev.steward.estate.Use;
import dev.steward.model.Risk;
import java.util.List;

/** Network interfaces. */
public final class NetworkInterfaces {
  public static final String ID = "network_interface";

  /** Takes one away. */
  public static final String DELETE = "delete_network_interface";

  public static final Attribute<String> TYPE =
      text("interface_type", "as AWS says", "InterfaceType");
  public static final Attribute<List<String>> INSTANCE =
      ids("instance", "what it is attached to", "Attachment.InstanceId", Instances.ID);
  public static final Attribute<String> OPERATOR =
      text("operator", "the AWS service that looks after it", Operators.PATH).as(Operators::name);
  public static final Attribute<String> REQUESTER =
      text(
              "requester",
              "the AWS service that made it for itself",
              "{managed: RequesterManaged, by: RequesterId}")
          .as(Operators::name);
  public static final Attribute<String> DESCRIPTION =
      text("description", "as given", "Description");

  public static final Kind KIND =
      Kind.regional(ID, "Network interface", "ec2:DescribeNetworkInterfaces")
          .lists("NetworkInterfaces[]")
          .id("NetworkInterfaceId")
          .state("Status")
          .pages(Paging.EC2)
          .again("NetworkInterfaceIds")
          .tags(Tags.listed("TagSet"))
          .knows(TYPE, INSTANCE, OPERATOR, REQUESTER, DESCRIPTION)
          .used(one -> Use.unlessIn("available", one))
          .costsNothing()
          .action(delete())
          .row();

  private NetworkInterfaces() {}

  private static Remediation.Row delete() {
    return Remediation.of(DELETE, "Delete the network interface", Risk.MEDIUM)
        .notUndone("a new interface has another id")
        .needs("ec2:DeleteNetworkInterface")
        .in("available")
        .watching(INSTANCE, TYPE)
        .takesAway()
        .referredToBy(Referrer.ROUTES, Referrer.ADDRESSES)
        .money(money -> money.ends("the interface", money.monthly()));
  }
}
