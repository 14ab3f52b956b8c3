package dev.steward.aws.actions;

import dev.steward.estate.ec2.Addresses;
import dev.steward.estate.elb.LoadBalancers;
import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/** The account's own DNS: records of its hosted zones. Others may have zones that name it too. */
final class DnsReferrers {
  /** What Route 53 puts before the name of a balancer that has both kinds of address. */
  private static final String DUAL = "dualstack.";

  private DnsReferrers() {}

  /** Records whose value, or whose alias, is the address or the balancer's name. */
  static List<String> records(Site site, Resource resource) {
    Set<String> names = names(site, resource);
    if (names.isEmpty()) return List.of();
    Route53Client dns = site.clients().dns();
    List<String> found = new ArrayList<>();
    for (HostedZone zone : dns.listHostedZonesPaginator().hostedZones()) {
      for (ResourceRecordSet set :
          dns.listResourceRecordSetsPaginator(r -> r.hostedZoneId(zone.id()))
              .resourceRecordSets()) {
        if (names.contains(target(set))) found.add("the DNS record " + set.name() + " leads to it");
        for (ResourceRecord record : set.resourceRecords())
          if (names.contains(plain(record.value())))
            found.add("the DNS record " + set.name() + " leads to it");
      }
      site.alive().run();
    }
    return found;
  }

  private static Set<String> names(Site site, Resource resource) {
    Set<String> names = new TreeSet<>();
    String address = Addresses.ADDRESS.of(resource);
    if (address != null) names.add(plain(address));
    if (resource.kind().equals(LoadBalancers.ID))
      site.clients()
          .balancers()
          .describeLoadBalancers(r -> r.loadBalancerArns(resource.id()))
          .loadBalancers()
          .forEach(balancer -> names.add(plain(balancer.dnsName())));
    return names;
  }

  private static String target(ResourceRecordSet set) {
    if (set.aliasTarget() == null) return "";
    String name = plain(set.aliasTarget().dnsName());
    return name.startsWith(DUAL) ? name.substring(DUAL.length()) : name;
  }

  /** Names do not differ by case or by the dot that ends them. */
  private static String plain(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }
}
