package dev.steward.domain.prices;

import dev.steward.estate.price.PriceSource;
import dev.steward.estate.price.Prices;
import dev.steward.model.PriceBookEdition;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every price book that there is, for whoever asks what one says. */
public final class PriceBooks {
  private static final String PLUS = "+";
  private final PriceShelf shelf;

  public PriceBooks(PriceShelf shelf) {
    this.shelf = shelf;
  }

  /**
   * @param version as findings name it
   * @param number the book that comes with the product is 0; a later one is higher
   * @param prices of its own
   * @param made empty for the one that comes with the product
   */
  public record Book(
      String version, long number, boolean current, int prices, Optional<PriceBookEdition> made) {}

  public Stream<Book> all(State state) {
    List<PriceBookEdition> made = state.rows(Tables.PRICE_BOOKS).stream().toList();
    Book shipped =
        new Book(Prices.VERSION, 0, made.isEmpty(), count(Prices.sources()), Optional.empty());
    return Stream.concat(
        Stream.of(shipped),
        Stream.iterate(0, i -> i < made.size(), i -> i + 1)
            .map(i -> book(made.get(i), i + 1, i == made.size() - 1)));
  }

  private static Book book(PriceBookEdition made, long number, boolean current) {
    return new Book(
        Prices.VERSION + PLUS + made.version(), number, current, made.prices(), Optional.of(made));
  }

  private static int count(List<PriceSource> sources) {
    return sources.stream().mapToInt(PriceSource::prices).sum();
  }

  /** By the name that a finding gives it, whichever book of the product it lay over then. */
  public Optional<Book> find(State state, String version) {
    String edition = version.substring(version.indexOf('+') + 1);
    return all(state)
        .filter(book ->
            book.version().equals(version)
                || book.made().filter(made -> made.version().equals(edition)).isPresent())
        .findFirst();
  }

  public List<PriceSource> sources(Book book) {
    return book.made().map(made -> shelf.read(made).sources()).orElseGet(Prices::sources);
  }
}
