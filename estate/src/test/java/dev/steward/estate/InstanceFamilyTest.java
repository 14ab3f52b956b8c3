package dev.steward.estate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class InstanceFamilyTest {
  @Test
  void theLetterDMeansDisksAndWhatIsNotKnownMayHaveThem() {
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
            "x2iezn.2xlarge"))
      assertThat(InstanceFamily.of(type).mayHaveDisks()).as(type).isFalse();
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
            "q9.large",
            "trn1.2xlarge")) assertThat(InstanceFamily.of(type).mayHaveDisks()).as(type).isTrue();
  }

  @Test
  void theLetterGBehindTheNumberMeansGraviton() {
    for (String type :
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
            "r8gb.large"))
      assertThat(InstanceFamily.of(type).processors()).as(type).isEqualTo("arm64");
    for (String type :
        List.of(
            "m6i.large",
            "g4dn.xlarge",
            "g6.xlarge",
            "gr6f.4xlarge",
            "p5.48xlarge",
            "u7in-16tb.224xlarge",
            "c7i-flex.large",
            "trn1.2xlarge",
            "t3.large"))
      assertThat(InstanceFamily.of(type).processors()).as(type).isEqualTo("x86_64");
    assertThat(InstanceFamily.of("mac1.metal").processors()).isEqualTo("x86_64_mac");
    assertThat(InstanceFamily.of("mac2-m2.metal").processors()).isEqualTo("arm64_mac");
  }
}
