package dev.steward.domain.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steward.model.DataSet.Frequency;
import dev.steward.model.ProblemException;
import dev.steward.model.Violation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

final class SeriesCsvTest {
  private static List<Series> parse(String text) {
    return SeriesCsv.parse(text.getBytes(StandardCharsets.UTF_8), Frequency.DAILY);
  }

  private static List<String> refusal(byte[] content) {
    ProblemException e =
        catchThrowableOfType(
            ProblemException.class, () -> SeriesCsv.parse(content, Frequency.DAILY));
    return e.problem().violations().stream().map(SeriesCsvTest::text).toList();
  }

  private static String text(Violation violation) {
    return (violation.field() + " " + violation.message()).strip();
  }

  private static List<String> refusal(String content) {
    return refusal(content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aSeriesARow() {
    List<Series> series = parse("id,v1,v2,v3\na,1,,3\n\nb,4,5,\n");
    assertThat(series.get(0).values()).containsExactly(1, Double.NaN, 3);
    assertThat(series.get(0).missing()).isEqualTo(1);
    assertThat(series.get(1).values()).containsExactly(4, 5);
  }

  @Test
  void aValueARowInAnyOrder() {
    List<Series> series =
        parse("timestamp,value,id\n2026-01-03,3,a\n2026-01-01,1,a\n2026-01-05 00:00:00,5,a\n");
    assertThat(series.getFirst().values()).containsExactly(1, Double.NaN, 3, Double.NaN, 5);
    assertThat(series.getFirst().start()).hasToString("2026-01-01T00:00:00Z");
  }

  @Test
  void comesBackAsItWas() {
    List<Series> series =
        parse("id,timestamp,value\na,2026-01-01,0.1\na,2026-01-03,1e-9\nb,2026-02-01,\n");
    byte[] kept = SeriesCsv.write(series);
    assertThat(SeriesCsv.write(SeriesCsv.readBack(kept))).isEqualTo(kept);
    assertThat(SeriesCsv.readBack(kept).getFirst().values())
        .containsExactly(series.getFirst().values());
  }

  /** As spreadsheets write it: a byte order mark, CRLF, and quotes around whatever needs them. */
  @Test
  void quotedCellsAreTakenAndTheirLinesAreCounted() {
    List<Series> series =
        parse("\ufeffid,v1,v2\r\n\"a, \"\"b\"\"\",1,\"2\"\r\n\"two\nlines\",3,4\r\n");
    assertThat(series).extracting(Series::id).containsExactly("a, \"b\"", "two\nlines");
    assertThat(series.getFirst().values()).containsExactly(1, 2);
    byte[] kept = SeriesCsv.write(series);
    assertThat(SeriesCsv.readBack(kept))
        .extracting(Series::id)
        .containsExactly("a, \"b\"", "two\nlines");
    assertThat(refusal("id,v1\r\n\"two\nlines\",1\r\n\nb,x\r\n"))
        .containsExactly("line 5, column 2 is no number");
    assertThat(refusal("timestamp,id,value\n\"2026-01-01\",\"a\nb\",1\n2026-01-01,c,x\n"))
        .containsExactly("line 4 is no number");
  }

  @Test
  void aQuoteThatIsNotClosedIsRefusedWithItsLine() {
    String why = "has a quote that is not closed, or something behind one that is";
    assertThat(refusal("id,v1\na,1\n\"b,2\nc,3\n")).containsExactly("line 3 " + why);
    assertThat(refusal("id,v1\n\"a\"b,1\n")).containsExactly("line 2 " + why);
  }

  /** Neither many cells nor a quote that goes on and on make the parser keep all of it. */
  @Test
  void aRowIsNoLongerThanARowMayBe() {
    for (String row : List.of("a" + ",".repeat(5 << 20), "\"" + "a\n".repeat(3 << 20)))
      assertThat(refusal("id,v1\nx,1\n" + row))
          .containsExactly("line 3 a row has at most 4194304 characters");
  }

  /** Blobs of before have no quotes, but for those that were part of an id. */
  @Test
  void whatWasKeptBeforeIsRead() {
    String kept = "id,start,values\na,2026-01-01T00:00:00Z,1.0,,3.0\n";
    for (String more : List.of("", "\"b\"c,,4.0\n", "\"d,,5.0\n")) {
      List<Series> series = SeriesCsv.readBack((kept + more).getBytes(StandardCharsets.UTF_8));
      assertThat(series.getFirst().values()).containsExactly(1, Double.NaN, 3);
      assertThat(SeriesCsv.write(series.subList(0, 1)))
          .asString(StandardCharsets.UTF_8)
          .isEqualTo(kept);
      if (!more.isEmpty()) assertThat(series.getLast().id()).startsWith("\"");
    }
  }

  /** They were a part of the id before they were written as quotes. */
  @Test
  void quotesThatWereKeptAsTheyCameStayInTheId() {
    assertThat(ids("\"a\",,1.0\na,,2.0\n")).containsExactly("\"a\"", "a");
  }

  private static List<String> ids(String rows) {
    return SeriesCsv.readBack(("id,start,values\n" + rows).getBytes(StandardCharsets.UTF_8))
        .stream()
        .map(Series::id)
        .toList();
  }

  @Test
  void noCellThatLeavesIsAFormula() {
    assertThat(
            new Csv("h").row("=1+1", "-5", -5, "+x", "@x", "\tx", "\rx", "a=b", "-1e3", "-a", null))
        .hasToString("h\r\n'=1+1,-5,-5,'+x,'@x,'\tx,\"'\rx\",a=b,-1e3,'-a,\r\n");
    List<Series> series = parse("id,v1\n=cmd|' /C calc'!A0,-1\n");
    assertThat(SeriesCsv.export(series))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("id,start,values\r\n'=cmd|' /C calc'!A0,,-1.0\r\n");
    assertThat(SeriesCsv.readBack(SeriesCsv.write(series)).getFirst().id()).startsWith("=cmd");
  }

  @Test
  void everythingThatIsWrongIsToldAtOnce() {
    assertThat(refusal("id,v1,v2\na,1,x\na,1,2\n,3,4\nb,1e99,2\n"))
        .containsExactly(
            "line 2, column 3 is no number",
            "line 3 there is a series a already",
            "line 4 an id has 1 to 200 characters",
            "line 5, column 2 must be from -1e15 to 1e15");
    assertThat(
            refusal(
                "id,timestamp,value\na,tomorrow,1\na,2026-01-01\nb,2026-01-01,1\nb,2026-01-01,2\n"))
        .hasSize(3);
    assertThat(refusal("id,timestamp,value\na,2026-01-01,1\na,2026-01-02T07:00:00Z,2\n").getFirst())
        .contains("no whole number of steps");
    assertThat(refusal("id,timestamp\na,2026-01-01\n"))
        .containsExactly("line 1 needs the columns id, timestamp and value");
    assertThat(refusal("")).hasSize(1);
    assertThat(refusal("id,v1\n")).containsExactly("there is no series in it");
  }

  @Test
  void anEndlessListOfErrorsIsCutShort() {
    assertThat(refusal("id,v1\n" + "a,x\n".repeat(1_000)).size()).isLessThanOrEqualTo(20);
  }

  @Test
  void tooManyValuesAreRefusedBeforeTheyFillTheMemory() {
    StringBuilder text = new StringBuilder("id,v1\n");
    String row = ",1".repeat(100_000);
    for (int i = 0; i < 60; i++) text.append('s').append(i).append(row).append('\n');
    assertThat(refusal(text.toString()))
        .containsExactly("line 52 there are at most 5000000 values");
  }

  /** A bomb is never unpacked: what is compressed is no CSV. */
  @Test
  void whatIsNoTextIsRefused() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      gzip.write(new byte[10 << 20]);
    }
    assertThat(refusal(bomb.toByteArray()).getFirst()).contains("not CSV in UTF-8");
    assertThat(refusal(new byte[] {(byte) 0xff, (byte) 0xfe, 0})).hasSize(1);
  }

  @Test
  void aSeriesFromLongAgoToFarAheadIsNotMade() {
    assertThat(refusal("id,timestamp,value\na,0001-01-01,1\na,9999-01-01,1\n").getFirst())
        .contains("longer than");
  }

  @Test
  void gapsAreFilledFromTheWeekBefore() {
    double[] week = {1, 2, 3, 4, 5, 6, 7, 1, Double.NaN, 3, 4, 5, 6, 7};
    assertThat(Gaps.fillable(week)).isTrue();
    assertThat(Gaps.filled(week, 7)[8]).isEqualTo(2);
    double[] start = {Double.NaN, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    assertThat(Gaps.filled(start, 7)[0]).isEqualTo(8);
    double[] none = new double[10];
    Arrays.fill(none, Double.NaN);
    assertThat(Gaps.fillable(none)).isFalse();
  }
}
