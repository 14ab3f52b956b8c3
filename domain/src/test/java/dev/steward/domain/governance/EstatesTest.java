package dev.steward.domain.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.domain.governance.desk.Estates;
import dev.steward.model.AccountId;
import dev.steward.model.Money;
import dev.steward.model.Resource;
import dev.steward.storage.Chunks;
import dev.steward.storage.State;
import dev.steward.storage.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A write that plans something unpacks no inventory that was unpacked before it. */
final class EstatesTest {
  private static final AccountId ACCOUNT = Samples.account("test").id();
  private static final Resource VOLUME = Samples.volume("vol-1", Map.of());

  @TempDir private Path folder;

  private static State discovered(Store store, String run) {
    Chunks.Packed packed =
        Chunks.packResources(
            Chunks.inventoryKey(ACCOUNT, VOLUME.region(), VOLUME.kind()),
            ACCOUNT,
            run,
            List.of(VOLUME),
            Money.ZERO);
    return store.write(t -> {
      packed.put(t);
      return t.state();
    });
  }

  private static Resource found(Estates estates) {
    return estates.find(ACCOUNT, VOLUME.kind(), VOLUME.region(), VOLUME.id()).orElseThrow();
  }

  @Test
  void whatWasReadAndIsTheSameIsNotReadAgain() {
    try (Store store = Store.open(folder)) {
      Estates estates = new Estates(discovered(store, "dsc_first0"));
      Resource read = found(estates);
      assertThat(read).isEqualTo(VOLUME);
      assertThat(found(estates.at(store.state()))).isSameAs(read);
      State later = discovered(store, "dsc_second");
      assertThat(found(estates.at(later))).isNotSameAs(read).isEqualTo(VOLUME);
    }
  }
}
