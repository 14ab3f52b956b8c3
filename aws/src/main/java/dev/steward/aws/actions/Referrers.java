package dev.steward.aws.actions;

import dev.steward.aws.AwsError;
import dev.steward.estate.Referrer;
import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Reads what refers to a resource before a step acts on it. */
public final class Referrers {
  /**
   * @param refusals what refers to the resource, or could not be read
   * @param notes what was not asked, and does not refuse the step
   */
  public record Found(List<String> refusals, List<String> notes) {}

  private Referrers() {}

  /**
   * Everything that refers to the resource.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException where AWS may answer later
   */
  public static Found of(Site site, Resource resource) {
    List<String> refusals = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Referrer referrer : site.row().referrers()) {
      site.alive().run();
      try {
        refusals.addAll(read(referrer, site, resource));
      } catch (SdkServiceException e) {
        if (AwsError.of(e) != AwsError.DENIED) throw e;
        if (referrer.mayBeUnread()) notes.add("DNS was not asked: " + AwsError.code(e));
        else
          refusals.add(
              "nobody can tell what refers to it: "
                  + referrer.title()
                  + " could not be read, "
                  + AwsError.code(e)
                  + "; the role needs "
                  + String.join(", ", referrer.iam()));
      }
    }
    return new Found(refusals, notes);
  }

  /** Names each that refers to the resource. */
  private static List<String> read(Referrer referrer, Site site, Resource resource) {
    return switch (referrer) {
      case ROUTES -> NetworkReferrers.routes(site, resource);
      case NAT_GATEWAYS -> NetworkReferrers.natGateways(site, resource);
      case HOLDER -> AddressRelease.holder(site, resource);
      case ADDRESSES -> NetworkReferrers.addresses(site, resource);
      case ROUTE53 -> DnsReferrers.records(site, resource);
      case BALANCER_PROTECTION -> NetworkReferrers.balancerProtection(site, resource);
      case TARGETS -> NetworkReferrers.targets(site, resource);
      case LAUNCH_TEMPLATES -> ImageReferrers.launchTemplates(site, resource);
      case LAUNCH_CONFIGURATIONS, PARAMETERS -> Namings.of(referrer, site, resource);
      case INSTANCES -> ImageReferrers.instances(site, resource);
      case LAUNCH_PERMISSIONS -> ImageReferrers.launchPermissions(site, resource);
      case IMAGES -> ImageReferrers.images(site, resource);
      case VOLUME_PERMISSIONS -> ImageReferrers.volumePermissions(site, resource);
      case INSTANCE_PROTECTION -> NetworkReferrers.instanceProtection(site, resource);
      case INSTANCE_TYPE -> InstanceFit.misfits(site, resource);
    };
  }
}
