package dev.steward.estate.ec2;

import dev.steward.estate.Referrer;
import dev.steward.estate.Remediation;
import dev.steward.model.Risk;

/**
 * Gives an address back to AWS that is attached to what is not used. One that is associated is not
 * released (EC2 user guide, <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-instance-addressing-eips-releasing.html">Release
 * an Elastic IP address</a>), so that it is disassociated first; and it may be recovered as long as
 * AWS has given it to nobody else, without its tags.
 */
public final class ReleaseAttachedAddress {
  public static final String ID = "release_attached_address";

  private ReleaseAttachedAddress() {}

  static Remediation.Row row() {
    return Remediation.of(ID, "Detach the address from what is not used, and release it", Risk.HIGH)
        .undoneBy(
            "an address is allocated, the same one if AWS has given it to nobody, and attached as"
                + " it was")
        .needs(
            "ec2:DisassociateAddress",
            "ec2:ReleaseAddress",
            "ec2:AllocateAddress",
            "ec2:AssociateAddress",
            "ec2:CreateTags")
        .in("attached")
        .watching(Addresses.ADDRESS, Addresses.ASSOCIATION, Addresses.INSTANCE, Addresses.INTERFACE)
        .takesAway()
        .changing(Addresses.ASSOCIATION, Addresses.INSTANCE, Addresses.INTERFACE)
        .referredToBy(Referrer.HOLDER, Referrer.NAT_GATEWAYS, Referrer.ROUTE53)
        .refusedWhere(
            (address, parameters) -> Addresses.SERVICE_MANAGED.isKnown(address),
            "an AWS service looks after it")
        .refusedWhere(
            (address, parameters) -> !Addresses.INTERFACE.isKnown(address),
            "nobody can tell which network interface it would have to be attached to again")
        .loses(
            "AWS may have given the address to somebody else by then, and so it comes back as"
                + " another one, with a new allocation; what names the old one, as DNS or a list of"
                + " who may enter, no longer leads to it",
            "Address.AllocationId",
            "Address.AssociationId",
            "Address.PublicIp",
            "AddressAttribute.AllocationId",
            "AddressAttribute.PublicIp",
            "Instance.PublicIpAddress",
            "Instance.PublicDnsName",
            "Instance.NetworkInterfaces.Association",
            "Instance.NetworkInterfaces.PrivateIpAddresses.Association",
            "NetworkInterface.Association")
        .loses("a reverse DNS name that was set for it is lost")
        .loses(
            "the address that is allocated again carries the tag steward:undo",
            "Address.Tags.steward:undo")
        .madeAgain("Address")
        .money(money -> money.ends("the address", money.monthly()));
  }
}
