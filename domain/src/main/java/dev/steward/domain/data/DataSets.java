package dev.steward.domain.data;

import dev.steward.model.DataSet;
import dev.steward.model.DataSet.Frequency;
import dev.steward.model.DataSet.Profile;
import dev.steward.model.DataSetId;
import dev.steward.model.Ids;
import dev.steward.model.OrganizationId;
import dev.steward.model.Problem;
import dev.steward.storage.Blobs;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Data sets of an organization: frozen when they are made, and never changed. */
public final class DataSets {
  private static final int PROFILED = 100;

  private final Blobs blobs;
  private final Ids ids;
  private final InstantSource clock;

  public DataSets(Blobs blobs, Ids ids, InstantSource clock) {
    this.blobs = blobs;
    this.ids = ids;
    this.clock = clock;
  }

  /** Keeps the bytes; to be done before {@link #add}, outside of the transaction. */
  public String keep(List<Series> series) {
    return blobs.put(SeriesCsv.write(series));
  }

  /**
   * What is made a data set.
   *
   * @param digest of its bytes, see {@link #keep}
   * @param source upload, costs or metrics
   * @param lineage what it was made from, in words
   * @param testSteps newest steps that are kept for the last judgement; 0 for none
   */
  public record Draft(
      String name,
      Frequency frequency,
      List<Series> series,
      String digest,
      String source,
      String lineage,
      int testSteps) {}

  public DataSet add(Transaction t, OrganizationId organization, Draft draft, String user) {
    List<Series> series = draft.series();
    return t.put(
        Tables.DATA_SETS,
        new DataSet(
            DataSetId.from(ids),
            organization,
            draft.name(),
            draft.frequency(),
            draft.digest(),
            draft.source(),
            draft.lineage(),
            series.size(),
            series.stream().mapToLong(s -> s.values().length).sum(),
            draft.testSteps(),
            Map.of("id", "text", "start", "time or nothing", "values", "numbers or nothing"),
            series.stream()
                .sorted(Comparator.comparingInt((Series s) -> s.values().length).reversed())
                .limit(PROFILED)
                .map(DataSets::profile)
                .toList(),
            user,
            clock.instant()));
  }

  private static Profile profile(Series series) {
    var known = Arrays.stream(series.values()).filter(Double::isFinite).summaryStatistics();
    boolean any = known.getCount() > 0;
    return new Profile(
        series.id(),
        series.values().length,
        series.missing(),
        any ? known.getMin() : null,
        any ? known.getAverage() : null,
        any ? known.getMax() : null,
        series.start());
  }

  /**
   * The series of a data set, as they were.
   *
   * @throws dev.steward.model.ProblemException CONFLICT if an older version kept an id with a comma
   *     or an end of line in a way that nobody can read
   */
  public List<Series> series(DataSet set) {
    byte[] kept =
        blobs
            .get(set.digest())
            .orElseThrow(
                () -> new IllegalStateException("the bytes of data set " + set.id() + " are lost"));
    try {
      return SeriesCsv.readBack(kept);
    } catch (SeriesCsv.UnreadableException unquoted) {
      throw Problem.of(
          Problem.Type.CONFLICT,
          "data set "
              + set.id()
              + " was kept by an older version without quotes, and cannot be read; upload it again");
    }
  }
}
