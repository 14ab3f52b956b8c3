package dev.steward.activities.governance;

import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.AssociateAddressRequest;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Instances to act on. */
record InstanceWorlds(Ec2Client ec2) {
  String make(Consumer<RunInstancesRequest.Builder> how) {
    // Each has a name of its own, and the same one in worlds that are made alike.
    int images = ec2.describeImages(r -> r.owners("self")).images().size();
    String image =
        ec2.registerImage(r ->
                r.name("base-" + images)
                    .rootDeviceName("/dev/sda1")
                    .architecture("x86_64")
                    .virtualizationType("hvm"))
            .imageId();
    RunInstancesRequest.Builder request =
        RunInstancesRequest.builder().imageId(image).minCount(1).maxCount(1);
    how.accept(request);
    return ec2.runInstances(request.build()).instances().getFirst().instanceId();
  }

  String withElasticIp() {
    String id = make(r -> r.instanceType("m5.large"));
    String address = ec2.allocateAddress(r -> r.domain("vpc")).allocationId();
    ec2.associateAddress(r -> r.allocationId(address).instanceId(id));
    ec2.modifyAddressAttribute(r -> r.allocationId(address).domainName("mail.example.com"));
    return id;
  }

  /** An address of an instance that is stopped. */
  String heldAddress() {
    String id = make(r -> r.instanceType("m5.large"));
    ec2.stopInstances(r -> r.instanceIds(id));
    return address(r -> r.instanceId(id));
  }

  /** An address of an interface that nothing has. */
  String addressOfFreeInterface() {
    String subnet = ec2.describeSubnets().subnets().getFirst().subnetId();
    String free =
        ec2.createNetworkInterface(r -> r.subnetId(subnet)).networkInterface().networkInterfaceId();
    return address(r -> r.networkInterfaceId(free));
  }

  private String address(Consumer<AssociateAddressRequest.Builder> with) {
    String address =
        ec2.allocateAddress(r ->
                r.domain("vpc")
                    .tagSpecifications(t ->
                        t.resourceType(ResourceType.ELASTIC_IP)
                            .tags(Tag.builder().key("team").value("web").build())))
            .allocationId();
    ec2.associateAddress(r -> r.allocationId(address).applyMutation(with));
    return address;
  }

  String thrifty() {
    String id = make(r -> r.instanceType("t3.large"));
    ec2.modifyInstanceCreditSpecification(
        r -> r.instanceCreditSpecifications(c -> c.instanceId(id).cpuCredits("standard")));
    return id;
  }

  /** With everything that an undo could forget. */
  String rich() {
    String id =
        make(r ->
            r.instanceType("m5.large")
                .ebsOptimized(true)
                .disableApiTermination(true)
                .instanceInitiatedShutdownBehavior(ShutdownBehavior.TERMINATE)
                .monitoring(m -> m.enabled(true))
                .keyName("ops")
                .hibernationOptions(h -> h.configured(true))
                .metadataOptions(m -> m.httpTokens("required"))
                .userData("IyEvYmluL3NoCg==")
                .tagSpecifications(
                    TagSpecification.builder()
                        .resourceType(ResourceType.INSTANCE)
                        .tags(
                            Tag.builder().key("team").value("data").build(),
                            Tag.builder().key("cost").value("42").build())
                        .build()));
    String subnet = described(id).subnetId();
    String second =
        ec2.createNetworkInterface(r -> r.subnetId(subnet)).networkInterface().networkInterfaceId();
    ec2.attachNetworkInterface(r -> r.instanceId(id).networkInterfaceId(second).deviceIndex(1));
    ec2.modifyInstanceAttribute(r -> r.instanceId(id).sourceDestCheck(v -> v.value(false)));
    return id;
  }

  String state(String id) {
    return described(id).state().nameAsString();
  }

  private Instance described(String id) {
    return ec2.describeInstances(r -> r.instanceIds(id))
        .reservations()
        .getFirst()
        .instances()
        .getFirst();
  }
}
