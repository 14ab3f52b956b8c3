package dev.steward.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The emulated AWS answers as AWS's documentation says that AWS does. */
final class AwsContractTest {
  private static final List<List<Row>> PROMISES =
      List.of(
          SessionRows.ALL,
          VolumeRows.ALL,
          KeyRows.ALL,
          InstanceRows.ALL,
          ImageRows.ALL,
          PageRows.ALL,
          TagRows.ALL,
          DatabaseRows.ALL,
          BucketRows.ALL,
          LogRows.ALL,
          MetricRows.ALL,
          OtherRows.ALL);

  @SuppressWarnings("NullAway.Init")
  private static Emulator emulator;

  @BeforeAll
  static void start() {
    emulator = Emulator.start("us-east-1", "eu-west-1");
  }

  @AfterAll
  static void stop() {
    emulator.close();
  }

  @TestFactory
  Stream<DynamicTest> itAnswersAsAwsDoes() {
    return PROMISES.stream()
        .flatMap(List::stream)
        .map(row ->
            DynamicTest.dynamicTest(
                row.title(),
                () -> {
                  try (Tenant aws = new Tenant(emulator)) {
                    row.check(aws);
                  }
                }));
  }

  /** A gap that is closed, or has become another one, leaves the list. */
  @TestFactory
  Stream<DynamicTest> itDiffersWhereTheListOfGapsSaysSo() {
    return GapRows.ALL.stream()
        .map(gap ->
            DynamicTest.dynamicTest(
                gap.row().title(),
                () -> {
                  try (Tenant aws = new Tenant(emulator)) {
                    assertThat(gap.instead()).isNotEqualTo(gap.row().says());
                    gap.row().saying(gap.instead()).check(aws);
                  }
                }));
  }

  @Test
  void everyRowNamesThePageThatSaysSo() {
    List<Row> rows =
        Stream.concat(
                PROMISES.stream().flatMap(List::stream), GapRows.ALL.stream().map(GapRows.Gap::row))
            .toList();
    assertThat(rows)
        .allMatch(row -> row.source().startsWith("https://docs.aws.amazon.com/"))
        .extracting(Row::title)
        .doesNotHaveDuplicates();
  }
}
