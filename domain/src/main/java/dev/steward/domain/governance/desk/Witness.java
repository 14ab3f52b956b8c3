package dev.steward.domain.governance.desk;

import dev.steward.domain.governance.audit.ChainKey;
import dev.steward.model.AuditHead;
import dev.steward.model.Json;
import dev.steward.model.OrganizationId;
import dev.steward.storage.Durably;
import dev.steward.storage.Rows;
import dev.steward.storage.State;
import dev.steward.storage.Tables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the chains ended a moment ago, in a file outside the store, so that a store whose end was
 * cut off, or that was replaced by an older copy, is known for what it is. It is written from a
 * published state, which is durable: it may be behind the store, and is never ahead of it.
 *
 * <p>Its first line has all heads, and each line after it those that have moved since; a line that
 * a crash tore can only be the last, and is left out.
 */
public final class Witness {
  /** Its name in the data folder. */
  public static final String FILE = "audit.witness";

  private static final Logger LOG = LoggerFactory.getLogger(Witness.class);

  private final Path file;

  /** The table that is in the file, to tell at once that nothing moved. */
  private @Nullable Rows<AuditHead> rows;

  private @Nullable Map<OrganizationId, AuditHead> written;

  /** What the next line goes on from; null where the file is to be written as a whole. */
  private @Nullable Tail tail;

  private volatile @Nullable String problem;

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
   * A line.
   *
   * @param mac of all its heads together, and of the line before, so that none can be taken out or
   *     put back alone
   */
  private record Content(List<AuditHead> heads, String mac) {
    Content {
      heads = List.copyOf(heads);
      Objects.requireNonNull(mac);
    }
  }

  /**
   * The end of the file.
   *
   * @param heads in the lines after the first
   */
  private record Tail(String mac, long length, int heads) {}

  /**
   * @param key null where it is not at hand: then what is there is believed
   */
  public Seen read(@Nullable ChainKey key) {
    if (!Files.exists(file)) return new Seen.Nothing();
    try {
      return read(Files.readString(file).split("\n", -1), key);
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      return new Seen.Broken("the witness cannot be read");
    }
  }

  private static Seen read(String[] lines, @Nullable ChainKey key) {
    Map<OrganizationId, AuditHead> heads = new HashMap<>();
    String previous = "";
    for (int i = 0; i == 0 || (i < lines.length && !lines[i].isEmpty()); i++) {
      boolean tornIfWrong = i > 0 && lines.length - i <= 2;
      Content line;
      try {
        line = Json.read(lines[i].getBytes(StandardCharsets.UTF_8), Content.class);
      } catch (UncheckedIOException | IllegalArgumentException e) {
        if (tornIfWrong) break;
        throw e;
      }
      if (key != null && !key.signs(previous, line.heads(), line.mac())) {
        if (tornIfWrong) break;
        return new Seen.Broken("the witness was not written with this master key");
      }
      line.heads().forEach(head -> heads.put(head.organization(), head));
      previous = line.mac();
    }
    return new Seen.Heads(heads);
  }

  /**
   * Writes and forces what has moved. What cannot be written stays behind: that is a {@link
   * #problem}, and the next time tries again.
   */
  synchronized void write(State state, ChainKey key) {
    Rows<AuditHead> heads = state.rows(Tables.AUDIT_HEADS);
    if (heads == rows) return;
    Map<OrganizationId, AuditHead> now =
        heads.stream().collect(Collectors.toMap(AuditHead::organization, Function.identity()));
    try {
      if (written == null && read(key) instanceof Seen.Heads there) written = there.of();
      if (!now.equals(written)) write(heads.stream().toList(), now, key);
      rows = heads;
      written = now;
      problem = null;
    } catch (RuntimeException e) {
      tail = null;
      tell("the witness of the audit chains cannot be written; the log says why", e);
    }
  }

  /** What a start had to write to the chains first could not be written. */
  synchronized void owed(RuntimeException why) {
    tell("the audit chains could not be told what the start found; the log says why", why);
  }

  private void tell(String what, RuntimeException why) {
    // Once, and not each second.
    if (problem == null) LOG.warn("the witness {} stays behind: {}", file, what, why);
    problem = what;
  }

  /** Why it is behind. */
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  private void write(List<AuditHead> all, Map<OrganizationId, AuditHead> now, ChainKey key) {
    Map<OrganizationId, AuditHead> before = written == null ? Map.of() : written;
    List<AuditHead> moved =
        all.stream().filter(h -> !h.equals(before.get(h.organization()))).toList();
    Tail end = tail;
    boolean goesOn =
        end != null
            && end.heads() + moved.size() < all.size()
            && now.keySet().containsAll(before.keySet())
            && isWhole(end);
    tail = end != null && goesOn ? append(end, moved, key) : begin(all, key);
  }

  private Tail begin(List<AuditHead> all, ChainKey key) {
    Content line = new Content(all, key.of("", all));
    byte[] bytes = bytes(line);
    Durably.write(file, bytes);
    return new Tail(line.mac(), bytes.length, 0);
  }

  private Tail append(Tail end, List<AuditHead> moved, ChainKey key) {
    Content line = new Content(moved, key.of(end.mac(), moved));
    byte[] bytes = bytes(line);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      long at = end.length();
      while (buffer.hasRemaining()) at += channel.write(buffer, at);
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    return new Tail(line.mac(), end.length() + bytes.length, end.heads() + moved.size());
  }

  /** Whether it is as we left it: somebody may have put it away. */
  private boolean isWhole(Tail end) {
    try {
      return Files.size(file) == end.length();
    } catch (IOException gone) {
      return false;
    }
  }

  private static byte[] bytes(Content line) {
    return (new String(Json.bytes(line), StandardCharsets.UTF_8) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
