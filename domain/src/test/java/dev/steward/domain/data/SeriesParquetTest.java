package dev.steward.domain.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.model.DataSet.Frequency;
import dev.steward.model.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parquet as others write it, and as nobody should. */
final class SeriesParquetTest {
  private static byte[] file(String name) throws IOException {
    try (InputStream in =
        SeriesParquetTest.class.getResourceAsStream("/parquet/" + name + ".parquet")) {
      if (in == null) throw new IllegalStateException("there is no " + name);
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"snappy", "gzip"})
  void hoursAreRead(String name) throws IOException {
    List<Series> series = SeriesParquet.parse(file(name), Frequency.HOURLY);
    assertThat(series).extracting(Series::id).containsExactly("a", "b");
    assertThat(series)
        .allMatch(s -> Instant.parse("2026-01-01T00:00:00Z").equals(s.start()))
        .allMatch(s -> s.values().length == 100);
    assertThat(series.getFirst().values()[25]).isEqualTo(1);
    assertThat(series.getLast().values()[7]).isNaN();
    assertThat(series.getLast().values()[99]).isEqualTo(49.5);
  }

  @Test
  void daysAreReadAndWhatIsMissingIsAGap() throws IOException {
    List<Series> series = SeriesParquet.parse(file("days"), Frequency.DAILY);
    assertThat(series.getFirst().values()).containsExactly(1, 2, Double.NaN, 4);
    // The same days of hours are 24 steps apart.
    assertThat(SeriesParquet.parse(file("days"), Frequency.HOURLY).getFirst().values()).hasSize(73);
  }

  @ParameterizedTest
  @CsvSource({
    "zstd, write it with snappy",
    "bomb, a page would become larger",
    "columns, 'needs id, timestamp and value'",
    "lists, lists are not taken",
    "repeated-none, it would become larger",
    "repeated-snappy, it would become larger",
    "repeated-gzip, it would become larger",
    "wide-id, a value has more than 1000 bytes"
  })
  void whatIsNotTakenIsToldWhy(String name, String why) {
    assertThatThrownBy(() -> SeriesParquet.parse(file(name), Frequency.DAILY))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().violations().getFirst().message()).contains(why));
  }

  @Test
  void whatIsNotLookedAtMayBeAsWideAsItIs() throws IOException {
    assertThat(SeriesParquet.parse(file("wide-note"), Frequency.DAILY)).hasSize(1);
  }

  /** Whatever bytes are changed: it is read, or refused, and takes no more room than there is. */
  @ParameterizedTest
  @ValueSource(strings = {"snappy", "gzip", "days"})
  void aFileThatSomebodyHasChangedIsReadOrRefused(String name) throws IOException {
    byte[] good = file(name);
    SplittableRandom random = new SplittableRandom(11);
    int refused = 0;
    long before = used();
    for (int round = 0; round < 1_500; round++) {
      byte[] changed = good.clone();
      for (int i = 0; i <= round % 4; i++)
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      if (round % 10 == 9) changed = Arrays.copyOf(changed, random.nextInt(changed.length));
      try {
        SeriesParquet.parse(changed, Frequency.HOURLY);
      } catch (ProblemException told) {
        refused++;
      }
    }
    assertThat(refused).isBetween(300, 1_500);
    // A file that breaks off leaves nothing behind.
    assertThat(used() - before).isLessThan(150L << 20);
  }

  private static long used() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** A list that claims two thousand million elements is not made room for. */
  @Test
  void aLengthIsNotBelieved() {
    byte[] claims = {0x19, (byte) 0xf5, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 0};
    assertThatThrownBy(() -> new ThriftReader(java.nio.ByteBuffer.wrap(claims)).struct())
        .hasMessageContaining("claims more than it holds");
    byte[] deep = new byte[100];
    Arrays.fill(deep, (byte) 0x1c);
    assertThatThrownBy(() -> new ThriftReader(java.nio.ByteBuffer.wrap(deep)).struct())
        .hasMessageContaining("too deeply");
  }
}
