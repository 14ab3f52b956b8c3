package dev.steward.api.prices;

import dev.steward.domain.prices.PriceBooks;
import dev.steward.estate.price.PriceSource;
import dev.steward.model.Coverage;
import dev.steward.model.PriceBookEdition;
import dev.steward.model.PriceRefresh;
import dev.steward.model.RunStatus;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How price books and refreshes look from outside. */
final class PriceViews {
  private PriceViews() {}

  /**
   * @param products entries that AWS answered
   * @param prices that they told
   * @param ignored entries that told none, by why
   */
  public record AnswerView(
      String query,
      Coverage coverage,
      int products,
      int prices,
      Map<String, Integer> ignored,
      @Nullable String detail) {}

  /**
   * @param progress in percent of the questions
   * @param book what came of it; null where nothing did
   */
  public record RefreshView(
      String id,
      String user,
      RunStatus status,
      int progress,
      List<AnswerView> answers,
      @Nullable String book,
      @Nullable String error,
      Instant startedAt,
      @Nullable Instant finishedAt) {}

  static RefreshView view(PriceRefresh r) {
    return new RefreshView(
        r.id().value(),
        r.user(),
        r.status(),
        r.status().isOver() ? 100 : 100 * r.answers().size() / Math.max(1, r.queries()),
        r.answers().stream()
            .map(a ->
                new AnswerView(
                    a.query(),
                    a.coverage(),
                    a.products(),
                    a.prices(),
                    new TreeMap<>(a.ignored()),
                    a.detail()))
            .toList(),
        r.book(),
        r.error(),
        r.startedAt(),
        r.finishedAt());
  }

  /**
   * @param version as findings name it
   * @param current whether scans go by it
   * @param madeAt null for the one that comes with the product
   * @param prices of its own; those that it lies over are not counted
   */
  public record BookView(
      String version,
      boolean current,
      @Nullable Instant madeAt,
      @Nullable String refresh,
      int prices,
      int changed,
      int added,
      int kept) {}

  static BookView view(PriceBooks.Book book) {
    Optional<PriceBookEdition> made = book.made();
    List<PriceBookEdition.Part> parts = made.map(PriceBookEdition::parts).orElse(List.of());
    return new BookView(
        book.version(),
        book.current(),
        made.map(PriceBookEdition::madeAt).orElse(null),
        made.map(m -> m.refresh().value()).orElse(null),
        book.prices(),
        parts.stream().mapToInt(PriceBookEdition.Part::changed).sum(),
        parts.stream().mapToInt(PriceBookEdition.Part::added).sum(),
        parts.stream().mapToInt(PriceBookEdition.Part::kept).sum());
  }

  public record SourceView(String file, LocalDate date, String source, int prices) {}

  /**
   * @param parts what each question of its refresh came to
   * @param changes prices that are others than before, the first fifty in words
   * @param doubts what was not believed or not answered, so that it stays as it was
   */
  public record BookDetail(
      BookView book,
      List<SourceView> sources,
      List<PriceBookEdition.Part> parts,
      List<String> changes,
      List<String> doubts) {}

  static BookDetail detail(PriceBooks.Book book, List<PriceSource> sources) {
    Optional<PriceBookEdition> made = book.made();
    return new BookDetail(
        view(book),
        sources.stream()
            .map(s -> new SourceView(s.family().id(), s.date(), s.source(), s.prices()))
            .toList(),
        made.map(PriceBookEdition::parts).orElse(List.of()),
        made.map(PriceBookEdition::changes).orElse(List.of()),
        made.map(PriceBookEdition::doubts).orElse(List.of()));
  }
}
