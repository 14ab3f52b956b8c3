package dev.steward.estate.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.estate.InstanceType;
import dev.steward.estate.Loss;
import dev.steward.estate.PriceBook;
import dev.steward.estate.catalogue.Catalogue;
import dev.steward.model.Resource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class InstanceTypesTest {
  @Test
  void haveWhatAwsSays() {
    assertThat(InstanceType.of("m5.large")).contains(new InstanceType("m5.large", 2, 8, 1, "5"));
    // Not what their names would say.
    assertThat(InstanceType.of("c4.large")).contains(new InstanceType("c4.large", 2, 3.75, 1, "4"));
    assertThat(InstanceType.of("c4.8xlarge"))
        .contains(new InstanceType("c4.8xlarge", 36, 60, 1, "4"));
    assertThat(InstanceType.of("r4.large"))
        .contains(new InstanceType("r4.large", 2, 15.25, 1, "4"));
    assertThat(InstanceType.of("m7i.large")).contains(new InstanceType("m7i.large", 2, 8, 1, "7i"));
    assertThat(InstanceType.of("m7i-flex.large"))
        .contains(new InstanceType("m7i-flex.large", 2, 8, 0.4, "7i-flex"));
    assertThat(InstanceType.of("t2.small")).contains(new InstanceType("t2.small", 1, 2, 0.2, "t2"));
    assertThat(InstanceType.of("t2.2xlarge"))
        .contains(new InstanceType("t2.2xlarge", 8, 32, 0.169, "t2"));
    assertThat(InstanceType.of("t4g.xlarge"))
        .contains(new InstanceType("t4g.xlarge", 4, 16, 0.4, "t4g"));
  }

  @Test
  void burstableTypesAreThoseOfTWithANumber() {
    for (String type : new String[] {"t2.micro", "t3a.large", "t4g.nano"})
      assertThat(InstanceTypes.isBurstable(type)).as(type).isTrue();
    for (String type : new String[] {"trn1.2xlarge", "trn2.48xlarge", "m5.large", ""})
      assertThat(InstanceTypes.isBurstable(type)).as(type).isFalse();
    assertThat(InstanceTypes.isBurstable(null)).isFalse();
  }

  /** Of what is no T nobody reads that credits are lost. */
  @Test
  void aTypeWithoutCreditsLosesNone() {
    assertThat(losses("t3.large")).anyMatch(loss -> loss.says().contains("CPU credits"));
    assertThat(losses("trn1.2xlarge")).noneMatch(loss -> loss.says().contains("CPU credits"));
  }

  private static List<Loss> losses(String type) {
    return Catalogue.remediation("resize_instance")
        .orElseThrow()
        .losses(
            new Resource(
                "i-1",
                "ec2_instance",
                "us-east-1",
                null,
                "running",
                null,
                Map.of(),
                Map.of("instance_type", type)),
            Map.of("instance_type", "m5.large"));
  }

  /** What such an instance needs of its disks, accelerators and the rest nobody measures. */
  @Test
  void noneIsRightSizedThatHasMoreThanCpuAndMemory() {
    for (String type :
        List.of(
            "m5d.large", "c5.metal", "g5.xlarge", "i4i.large", "x2gd.large", "t1.micro", "m9.big"))
      assertThat(InstanceType.of(type)).as(type).isEmpty();
  }

  @Test
  void anInstanceChangesOnlyToWhatItsRegionHasAPriceOf() {
    PriceBook prices = PriceBook.current();
    InstanceType type = InstanceType.of("m8a.large").orElseThrow();
    assertThat(type.alternatives("us-east-1", prices))
        .extracting(InstanceType::name)
        .contains("m8a.medium", "c8a.large")
        .doesNotContain("m8a.large", "m8i.large");
    assertThat(type.alternatives("eu-central-1", prices)).isEmpty();
    assertThat(type.alternatives("cn-north-1", prices)).isEmpty();
  }

  @Test
  void whatIsNotKnownMayHaveDisks() {
    for (String type :
        List.of(
            "m5.large",
            "c6gn.large",
            "r7iz.large",
            "t3a.nano",
            "c7i-flex.large",
            "a1.large",
            "m8azn.large",
            "c8ine.large",
            "x2iezn.2xlarge")) assertThat(InstanceTypes.mayHaveDisks(type)).as(type).isFalse();
    for (String type :
        List.of(
            "m5d.large",
            "c6gd.large",
            "r8idb.large",
            "m5dn.large",
            "i4i.large",
            "d3.xlarge",
            "g4dn.xlarge",
            "m3.large",
            "c1.medium",
            "m1.small",
            "z1d.large",
            "x2gd.large",
            "trn1.2xlarge",
            "dl1.24xlarge",
            "q9.large")) assertThat(InstanceTypes.mayHaveDisks(type)).as(type).isTrue();
  }

  @Test
  void theArchitectureIsWhatAwsSaysWhateverTheNameLooksLike() {
    List<String> arm =
        List.of(
            "m6g.large",
            "c7gn.large",
            "t4g.nano",
            "im4gn.large",
            "is4gen.large",
            "g5g.xlarge",
            "a1.large",
            "hpc7g.4xlarge",
            "i8ge.large",
            "r8gb.large");
    List<String> intel =
        List.of(
            "m6i.large",
            "g4dn.xlarge",
            "g6.xlarge",
            "gr6f.4xlarge",
            "p5.48xlarge",
            "u7in-16tb.224xlarge",
            "c7i-flex.large",
            "trn1.2xlarge",
            "t3.large");
    for (String type : arm) {
      assertThat(InstanceTypes.startTheSameImages("m6g.large", type)).as(type).contains(true);
      assertThat(InstanceTypes.startTheSameImages("m5.large", type)).as(type).contains(false);
    }
    for (String type : intel) {
      assertThat(InstanceTypes.startTheSameImages("m5.large", type)).as(type).contains(true);
      assertThat(InstanceTypes.startTheSameImages("m6g.large", type)).as(type).contains(false);
    }
  }

  @Test
  void imagesStartOnTypesOfTheSameArchitecture() {
    assertThat(InstanceTypes.startTheSameImages("m5.large", "m5a.large")).contains(true);
    assertThat(InstanceTypes.startTheSameImages("c1.medium", "m5.large")).contains(true);
    assertThat(InstanceTypes.startTheSameImages("m5.large", "m6g.large")).contains(false);
    assertThat(InstanceTypes.startTheSameImages("g5g.xlarge", "c7gn.large")).contains(true);
    assertThat(InstanceTypes.startTheSameImages("mac1.metal", "m5.large")).contains(false);
    assertThat(InstanceTypes.startTheSameImages("mac1.metal", "mac2.metal")).contains(false);
    assertThat(InstanceTypes.startTheSameImages("q9.large", "m5.large")).isEmpty();
    assertThat(InstanceTypes.startTheSameImages("m5.large", "null")).isEmpty();
  }
}
