package dev.steward.estate.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.steward.estate.Owners;
import dev.steward.model.Fact;
import dev.steward.model.Resource;
import dev.steward.model.Undecided;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose a resource is, by the tags and attributes that AWS and the tools around it document. */
final class OwnersTest {
  private static Resource tagged(Map<String, String> tags, Map<String, String> attributes) {
    return new Resource("r", "ec2_instance", "us-east-1", null, "running", null, tags, attributes);
  }

  @ParameterizedTest
  @CsvSource({
    "aws:autoscaling:groupName, web, Auto Scaling group web",
    "kubernetes.io/cluster/prod, owned, Kubernetes cluster prod",
    "kubernetes.io/cluster/prod, shared, Kubernetes cluster prod",
    "eks:cluster-name, prod, Amazon EKS prod",
    "eks:nodegroup-name, blue, Amazon EKS",
    "aws:eks:cluster-name, prod, Amazon EKS prod",
    "kubernetes.io/created-for/pvc/name, data, Kubernetes volume",
    "ebs.csi.aws.com/cluster, true, Kubernetes volume",
    "elbv2.k8s.aws/cluster, prod, Kubernetes load balancer prod",
    "kubernetes.io/service-name, default/web, Kubernetes service default/web",
    "karpenter.sh/nodepool, default, Karpenter",
    "aws:cloudformation:stack-name, net, CloudFormation stack net",
    "aws:cloudformation:stack-id, arn:x, CloudFormation stack",
    "elasticbeanstalk:environment-name, shop, Elastic Beanstalk environment shop",
    "elasticbeanstalk:environment-id, e-1, Elastic Beanstalk environment",
    "aws:backup:source-resource, arn:x, AWS Backup",
    "aws:dlm:lifecycle-policy-id, policy-1, Data Lifecycle Manager",
    "dlm:managed, true, Data Lifecycle Manager",
    "aws:ecs:serviceName, api, Amazon ECS service api",
    "AmazonECSManaged, true, Amazon ECS",
    "aws:elasticmapreduce:job-flow-id, j-1, Amazon EMR cluster j-1",
    "aws:elasticmapreduce:instance-group-role, CORE, Amazon EMR",
    "aws:ec2spot:fleet-request-id, sfr-1, Spot fleet sfr-1",
    "aws:ec2:fleet-id, fleet-1, EC2 fleet fleet-1",
    "aws:servicecatalog:productArn, arn:x, Service Catalog",
    "AWSBatchServiceTag, batch, AWS Batch",
    "Ec2ImageBuilderArn, arn:x, EC2 Image Builder arn:x",
    "CreatedBy, EC2 Image Builder, EC2 Image Builder",
    "aws:somethingnew:thing, x, AWS service somethingnew"
  })
  void aTagNamesItsOwner(String key, String value, String owner) {
    assertThat(Owners.of(tagged(Map.of(key, value), Map.of()))).containsExactly(owner);
  }

  @ParameterizedTest
  @CsvSource({
    "operator, eks.amazonaws.com, AWS service eks.amazonaws.com",
    "requester, amazon-rds, AWS service amazon-rds",
    "service_managed, alb, AWS service alb",
    "spot_request, sir-1, Spot request sir-1"
  })
  void anAttributeNamesItsOwner(String attribute, String value, String owner) {
    assertThat(Owners.of(tagged(Map.of(), Map.of(attribute, value)))).containsExactly(owner);
  }

  @Test
  void ordinaryTagsNameNobody() {
    Map<String, String> tags = new HashMap<>();
    for (String key :
        List.of(
            "Name",
            "team",
            "aws:createdBy",
            "aws:ec2launchtemplate:id",
            "awsApplication",
            "kubernetes",
            "eksperiment",
            "CreatedBy")) tags.put(key, "somebody");
    assertThat(Owners.of(tagged(tags, Map.of("zone", "a")))).isEmpty();
  }

  @Test
  void severalOwnersAreAllToldEachOnce() {
    assertThat(
            Owners.of(
                tagged(
                    Map.of(
                        "aws:autoscaling:groupName", "nodes",
                        "aws:cloudformation:stack-name", "cluster",
                        "aws:cloudformation:stack-id", "arn:x",
                        "aws:cloudformation:logical-id", "Nodes",
                        "eks:cluster-name", "prod",
                        "eks:nodegroup-name", "blue",
                        "kubernetes.io/cluster/prod", "owned"),
                    Map.of())))
        .containsExactly(
            "Amazon EKS prod",
            "Auto Scaling group nodes",
            "CloudFormation stack cluster",
            "Kubernetes cluster prod");
  }

  @Test
  void aFindingSaysWhoLooksAfterIt() {
    World world = new World();
    Resource volume =
        new Resource(
            "vol-1",
            "ebs_volume",
            World.REGION,
            null,
            "available",
            World.ago(60),
            Map.of("kubernetes.io/created-for/pvc/name", "data"),
            Map.of("size_gb", "100", "volume_type", "gp3", "multi_attach", "false"));
    world.inventory.add(volume);
    world.metric(volume, "attached", World.days(14, 0));
    assertThat(WasteDetector.run(world.inventory, world.sight(), Map.of()).hits())
        .singleElement()
        .satisfies(hit ->
            assertThat(hit.waste().evidence())
                .containsEntry(WasteDetector.MANAGED_BY, Fact.of("Kubernetes volume")));
  }

  @Test
  void nobodyKnowsOfAResourceWhoseTagsWereNotTold() {
    World world = new World();
    world.inventory.add(
        new Resource(
            "vol-1",
            "ebs_volume",
            World.REGION,
            null,
            "available",
            World.ago(60),
            Map.of(),
            Map.of("size_gb", "100", "volume_type", "gp3", Resource.TAGS_UNKNOWN, "true")));
    WasteDetector.Report report = WasteDetector.run(world.inventory, world.sight(), Map.of());
    assertThat(report.hits()).isEmpty();
    assertThat(report.undecided())
        .extracting(Undecided::check, Undecided::resource, Undecided::reason)
        .contains(tuple("unattached_volume", "vol-1", "its tags could not be read"));
  }
}
