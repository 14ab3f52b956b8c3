package dev.steward.aws.actions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.EbsOptimizedSupport;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;

/** What names and descriptions of types say, and what they leave out. */
final class InstanceTypesTest {
  @Test
  void whatAwsDoesNotSayOfATypeIsNo() {
    assertThat(InstanceFit.optimizesForEbs(InstanceTypeInfo.builder().build())).isFalse();
    assertThat(InstanceFit.optimizesForEbs(InstanceTypeInfo.builder().ebsInfo(e -> {}).build()))
        .isFalse();
    assertThat(optimized(EbsOptimizedSupport.UNSUPPORTED)).isFalse();
    assertThat(optimized(EbsOptimizedSupport.SUPPORTED)).isTrue();
    assertThat(optimized(EbsOptimizedSupport.DEFAULT)).isTrue();
  }

  private static boolean optimized(EbsOptimizedSupport support) {
    return InstanceFit.optimizesForEbs(
        InstanceTypeInfo.builder().ebsInfo(e -> e.ebsOptimizedSupport(support)).build());
  }
}
