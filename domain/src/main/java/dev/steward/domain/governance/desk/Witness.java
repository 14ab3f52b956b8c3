package dev.steward.domain.governance.desk;

import dev.steward.domain.governance.audit.ChainKey;
import dev.steward.model.AuditHead;
import dev.steward.model.Json;
import dev.steward.model.OrganizationId;
import dev.steward.storage.Durably;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the chains ended a moment ago, in a file outside the store, so that a store whose end was
 * cut off, or that was replaced by an older copy, is known for what it is. It is written from a
 * published state, which is durable: it may be behind the store, and is never ahead of it.
 */
public final class Witness {
  /** Its name in the data folder. */
  public static final String FILE = "audit.witness";

  private final Path file;
  private @Nullable List<AuditHead> written;

  public Witness(Path file) {
    this.file = file;
  }

  /** What is there. */
  public sealed interface Seen {
    record Nothing() implements Seen {}

    record Heads(Map<OrganizationId, AuditHead> of) implements Seen {
      public Heads {
        of = Map.copyOf(of);
      }
    }

    record Broken(String why) implements Seen {}
  }

  /**
   * @param mac of all heads together, so that none can be taken out or put back alone
   */
  private record Content(List<AuditHead> heads, String mac) {}

  /**
   * @param key null where it is not at hand: then what is there is believed
   */
  public Seen read(@Nullable ChainKey key) {
    if (!Files.exists(file)) return new Seen.Nothing();
    Content content;
    try {
      content = Json.read(Files.readAllBytes(file), Content.class);
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      return new Seen.Broken("the witness " + file + " cannot be read");
    }
    if (key != null && !key.signs(content.heads(), content.mac()))
      return new Seen.Broken("the witness " + file + " was not written with this master key");
    return new Seen.Heads(
        content.heads().stream()
            .collect(Collectors.toMap(AuditHead::organization, Function.identity())));
  }

  /** Writes and forces the heads of the state, if they are others than before. */
  synchronized void write(State state, ChainKey key) {
    List<AuditHead> heads = state.rows(Tables.AUDIT_HEADS).stream().toList();
    if (heads.equals(written)) return;
    Durably.write(file, Json.bytes(new Content(heads, key.of(heads))));
    written = heads;
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
