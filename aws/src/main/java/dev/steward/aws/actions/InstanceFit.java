package dev.steward.aws.actions;

import dev.steward.aws.AwsError;
import dev.steward.estate.ec2.ResizeInstance;
import dev.steward.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CpuOptions;
import software.amazon.awssdk.services.ec2.model.EbsNvmeSupport;
import software.amazon.awssdk.services.ec2.model.EbsOptimizedSupport;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.EnaSupport;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.LocationType;
import software.amazon.awssdk.services.ec2.model.NetworkInfo;
import software.amazon.awssdk.services.ec2.model.NitroEnclavesSupport;
import software.amazon.awssdk.services.ec2.model.Tenancy;
import software.amazon.awssdk.services.ec2.model.VCpuInfo;

/**
 * Whether an instance can become one of another type: what AWS would refuse once the instance is
 * stopped, and what would keep it from starting again (EC2 user guide, "Compatibility for changing
 * the instance type", https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resize-limitations.html;
 * EC2 API reference, InstanceTypeInfo). What AWS does not say is no.
 */
final class InstanceFit {
  private static final String HIBERNATED = "Client.UserInitiatedHibernate";

  /** A type as it is now, the wanted one, and the instance. */
  private record Change(Instance instance, InstanceTypeInfo old, InstanceTypeInfo wanted) {
    NetworkInfo network() {
      return wanted.networkInfo();
    }
  }

  private record Rule(String says, Predicate<Change> fits) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "the type has no processors for its architecture",
              c ->
                  c.wanted().processorInfo() != null
                      && has(
                          c.wanted().processorInfo().supportedArchitecturesAsStrings(),
                          c.instance().architectureAsString())),
          new Rule(
              "the type does not run its kind of virtualization",
              c ->
                  has(
                      c.wanted().supportedVirtualizationTypesAsStrings(),
                      c.instance().virtualizationTypeAsString())),
          new Rule(
              "the type does not start from its root device",
              c ->
                  has(
                      c.wanted().supportedRootDeviceTypesAsStrings(),
                      c.instance().rootDeviceTypeAsString())),
          new Rule(
              "the type does not boot in its mode",
              c ->
                  c.instance().currentInstanceBootMode() == null
                      || has(
                          c.wanted().supportedBootModesAsStrings(),
                          c.instance().currentInstanceBootModeAsString())),
          new Rule(
              "nobody can tell whether it is of a generation that AWS still sells",
              c -> c.wanted().currentGeneration() != null),
          new Rule(
              "the type needs the network driver ENA, which it may not have", InstanceFit::ena),
          new Rule("the type needs NVMe drivers, which it may not have", InstanceFit::nvme),
          new Rule(
              "the type takes fewer network interfaces, or addresses on each, than it has",
              InstanceFit::interfaces),
          new Rule(
              "the type cannot be optimized for EBS, which it is",
              c ->
                  Boolean.FALSE.equals(c.instance().ebsOptimized()) || optimizesForEbs(c.wanted())),
          new Rule(
              "it may hibernate, which the type cannot",
              c ->
                  !configured(c.instance())
                      || Boolean.TRUE.equals(c.wanted().hibernationSupported())),
          new Rule(
              "it hibernates, and its memory is of its type",
              c ->
                  c.instance().stateReason() == null
                      || !HIBERNATED.equals(c.instance().stateReason().code())),
          new Rule(
              "it has enclaves, which the type has not",
              c ->
                  c.instance().enclaveOptions() == null
                      || !Boolean.TRUE.equals(c.instance().enclaveOptions().enabled())
                      || c.wanted().nitroEnclavesSupport() == NitroEnclavesSupport.SUPPORTED),
          new Rule(
              "its CPU options were chosen for its type, and would be lost", InstanceFit::cores),
          new Rule(
              "it is placed on a host of its own",
              c ->
                  c.instance().placement() == null
                      || c.instance().placement().tenancy() != Tenancy.HOST));

  private InstanceFit() {}

  /** What speaks against the type that the step wants; empty where nothing does. */
  static List<String> misfits(Site site, Resource resource) {
    String now = String.valueOf(resource.attribute("instance_type"));
    String wanted = site.given(ResizeInstance.TYPE);
    Optional<InstanceTypeInfo> old = type(site, now);
    Optional<InstanceTypeInfo> type = type(site, wanted);
    if (type.isEmpty()) return List.of("AWS does not know the type " + wanted + " here");
    if (old.isEmpty()) return List.of("AWS does not know its type " + now + " here");
    List<String> found = new ArrayList<>();
    if (!isOffered(site, wanted, resource.attribute("zone")))
      found.add(wanted + " is not offered in its zone " + resource.attribute("zone"));
    Instance instance =
        site
            .clients()
            .ec2()
            .describeInstances(r -> r.instanceIds(resource.id()))
            .reservations()
            .stream()
            .flatMap(r -> r.instances().stream())
            .findFirst()
            .orElseThrow();
    // A step that was begun has given it the type already.
    if (wanted.equals(instance.instanceTypeAsString())) return found;
    Change change = new Change(instance, old.get(), type.get());
    for (Rule rule : RULES) if (!rule.fits().test(change)) found.add(wanted + ": " + rule.says());
    return found;
  }

  private static Optional<InstanceTypeInfo> type(Site site, String name) {
    try {
      return site
          .clients()
          .ec2()
          .describeInstanceTypes(r -> r.instanceTypesWithStrings(name))
          .instanceTypes()
          .stream()
          .findFirst();
    } catch (Ec2Exception e) {
      if (AwsError.code(e).equals("InvalidInstanceType")) return Optional.empty();
      throw e;
    }
  }

  private static boolean isOffered(Site site, String type, @Nullable String zone) {
    if (zone == null) return false;
    return !site.clients()
        .ec2()
        .describeInstanceTypeOfferings(r ->
            r.locationType(LocationType.AVAILABILITY_ZONE)
                .filters(filter("location", zone), filter("instance-type", type)))
        .instanceTypeOfferings()
        .isEmpty();
  }

  private static Filter filter(String name, String value) {
    return Filter.builder().name(name).values(value).build();
  }

  private static boolean has(List<String> supported, @Nullable String value) {
    return value != null && supported.contains(value);
  }

  static boolean optimizesForEbs(InstanceTypeInfo type) {
    if (type.ebsInfo() == null) return false;
    EbsOptimizedSupport support = type.ebsInfo().ebsOptimizedSupport();
    return support == EbsOptimizedSupport.DEFAULT || support == EbsOptimizedSupport.SUPPORTED;
  }

  private static boolean ena(Change c) {
    if (c.network() == null || c.network().enaSupport() == null) return false;
    return c.network().enaSupport() != EnaSupport.REQUIRED
        || Boolean.TRUE.equals(c.instance().enaSupport());
  }

  /** Who runs with them now has them. */
  private static boolean nvme(Change c) {
    if (c.wanted().ebsInfo() == null || c.wanted().ebsInfo().nvmeSupport() == null) return false;
    return c.wanted().ebsInfo().nvmeSupport() != EbsNvmeSupport.REQUIRED
        || (c.old().ebsInfo() != null
            && c.old().ebsInfo().nvmeSupport() == EbsNvmeSupport.REQUIRED);
  }

  private static boolean interfaces(Change c) {
    NetworkInfo network = c.network();
    if (network == null || network.maximumNetworkInterfaces() == null) return false;
    List<InstanceNetworkInterface> own = c.instance().networkInterfaces();
    int addresses = own.stream().mapToInt(n -> n.privateIpAddresses().size()).max().orElse(0);
    int addresses6 = own.stream().mapToInt(n -> n.ipv6Addresses().size()).max().orElse(0);
    return own.size() <= network.maximumNetworkInterfaces()
        && addresses <= Objects.requireNonNullElse(network.ipv4AddressesPerInterface(), 0)
        && addresses6 <= Objects.requireNonNullElse(network.ipv6AddressesPerInterface(), 0);
  }

  private static boolean configured(Instance instance) {
    return instance.hibernationOptions() != null
        && Boolean.TRUE.equals(instance.hibernationOptions().configured());
  }

  /** Those that the type has by itself; what AWS does not say of either was not chosen. */
  private static boolean cores(Change c) {
    CpuOptions options = c.instance().cpuOptions();
    VCpuInfo usual = c.old().vCpuInfo();
    if (options == null || usual == null) return true;
    return same(options.coreCount(), usual.defaultCores())
        && same(options.threadsPerCore(), usual.defaultThreadsPerCore());
  }

  private static boolean same(@Nullable Integer chosen, @Nullable Integer usual) {
    return chosen == null || usual == null || chosen.equals(usual);
  }
}
