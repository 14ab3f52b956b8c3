package dev.steward.domain.prices;

import dev.steward.estate.PriceBook;
import dev.steward.estate.price.PriceEdition;
import dev.steward.model.PriceBookEdition;
import dev.steward.storage.Blobs;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest price book: what was asked of AWS last, over what comes with the product. One whose
 * file is gone or damaged is passed over, and the log says so: then the book before it holds.
 */
public final class PriceShelf {
  private static final Logger LOG = LoggerFactory.getLogger(PriceShelf.class);

  private final Store store;
  private final Blobs blobs;
  private volatile @Nullable Read last;

  private record Read(String version, PriceBook book) {}

  public PriceShelf(Store store, Blobs blobs) {
    this.store = store;
    this.blobs = blobs;
  }

  /** A book that is the newest whenever it is asked. */
  public PriceBook book() {
    return PriceBook.following(this::newest);
  }

  /** The newest one now. */
  public PriceBook newest() {
    Optional<PriceBookEdition> newest = edition(store.state());
    if (newest.isEmpty()) return PriceBook.current();
    String version = newest.get().version();
    Read known = last;
    if (known != null && known.version().equals(version)) return known.book();
    PriceBook book = PriceBook.of(version, read(newest.get()));
    last = new Read(version, book);
    return book;
  }

  static Optional<PriceBookEdition> edition(State state) {
    return state.rows(Tables.PRICE_BOOKS).last();
  }

  /** What was asked of AWS before; nothing where nothing was, or it cannot be read any more. */
  PriceEdition known(State state) {
    return edition(state).map(this::read).orElse(PriceEdition.EMPTY);
  }

  PriceEdition read(PriceBookEdition edition) {
    try {
      Optional<byte[]> content = blobs.get(edition.content());
      if (content.isPresent())
        return PriceEdition.read(new String(content.get(), StandardCharsets.UTF_8));
      LOG.error("the prices of book {} are not in the data folder", edition.version());
    } catch (RuntimeException damaged) {
      LOG.error("the prices of book {} cannot be read", edition.version(), damaged);
    }
    return PriceEdition.EMPTY;
  }
}
