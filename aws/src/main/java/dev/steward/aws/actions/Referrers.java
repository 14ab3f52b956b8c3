package dev.steward.aws.actions;

import dev.steward.aws.AwsError;
import dev.steward.estate.References;
import dev.steward.estate.References.What;
import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Reads what refers to a resource before a step acts on it. */
public final class Referrers {
  /** Reads one kind of referrer and names each that refers to the resource. */
  @FunctionalInterface
  interface Reader {
    List<String> read(Site site, Resource resource);
  }

  private static final Map<What, Reader> READERS =
      Map.ofEntries(
          Map.entry(What.ROUTES, NetworkReferrers::routes),
          Map.entry(What.NAT_GATEWAYS, NetworkReferrers::natGateways),
          Map.entry(What.ADDRESSES, NetworkReferrers::addresses),
          Map.entry(What.ROUTE53, DnsReferrers::records),
          Map.entry(What.BALANCER_PROTECTION, NetworkReferrers::balancerProtection),
          Map.entry(What.TARGETS, NetworkReferrers::targets),
          Map.entry(What.LAUNCH_TEMPLATES, ImageReferrers::launchTemplates),
          Map.entry(What.LAUNCH_CONFIGURATIONS, ImageReferrers::launchConfigurations),
          Map.entry(What.INSTANCES, ImageReferrers::instances),
          Map.entry(What.LAUNCH_PERMISSIONS, ImageReferrers::launchPermissions),
          Map.entry(What.PARAMETERS, ImageReferrers::parameters),
          Map.entry(What.IMAGES, ImageReferrers::images),
          Map.entry(What.VOLUME_PERMISSIONS, ImageReferrers::volumePermissions),
          Map.entry(What.INSTANCE_PROTECTION, NetworkReferrers::instanceProtection),
          Map.entry(What.INSTANCE_TYPE, InstanceFit::misfits));

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
    for (References row : References.of(site.step().action())) {
      site.alive().run();
      try {
        refusals.addAll(reader(row.what()).read(site, resource));
      } catch (SdkServiceException e) {
        if (AwsError.of(e) != AwsError.DENIED) throw e;
        if (row.what() == What.ROUTE53) notes.add("DNS was not asked: " + AwsError.code(e));
        else
          refusals.add(
              "nobody can tell what refers to it: "
                  + row.what().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                  + " could not be read, "
                  + AwsError.code(e)
                  + "; the role needs "
                  + String.join(", ", row.iam()));
      }
    }
    return new Found(refusals, notes);
  }

  private static Reader reader(What what) {
    Reader reader = READERS.get(what);
    if (reader == null) throw new IllegalArgumentException("nobody reads " + what);
    return reader;
  }
}
