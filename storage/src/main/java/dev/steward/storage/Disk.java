package dev.steward.storage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.eclipse.serializer.persistence.binary.jdk17.types.BinaryHandlersJDK17;
import org.eclipse.serializer.persistence.types.Storer;
import org.eclipse.serializer.reference.Lazy;
import org.eclipse.store.afs.nio.types.NioFileSystem;
import org.eclipse.store.storage.embedded.types.EmbeddedStorage;
import org.eclipse.store.storage.embedded.types.EmbeddedStorageManager;
import org.eclipse.store.storage.types.Storage;
import org.eclipse.store.storage.types.StorageHousekeepingController;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables on disk, by EclipseStore. Only the store's writer thread changes them. */
final class Disk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Disk.class);
  private static final int MEBI = 1 << 20;

  private final Path folder;
  private final EmbeddedStorageManager storage;
  private final ForcedFileWriter writer;
  private final Root root;
  private final Map<String, Buckets> tables = new HashMap<>();
  private final Tallies tallies;
  private int superseded;

  private Disk(Path folder, EmbeddedStorageManager storage, ForcedFileWriter writer, Root root) {
    this.folder = folder;
    this.storage = storage;
    this.writer = writer;
    this.root = root;
    for (Buckets table : root.tables) tables.put(table.table, table);
    Buckets kept = tables.get(Tally.TABLE);
    this.tallies = kept == null ? Tallies.none() : Tallies.read(kept);
  }

  static Disk open(Path folder, ForcedFileWriter writer, int schema) {
    NioFileSystem files = NioFileSystem.New();
    var foundation =
        EmbeddedStorage.Foundation(
            Storage.ConfigurationBuilder()
                .setStorageFileProvider(
                    Storage.FileProviderBuilder(files)
                        .setDirectory(files.ensureDirectory(folder))
                        .createFileProvider())
                .setChannelCountProvider(Storage.ChannelCountProvider(1))
                .setHousekeepingController(new CacheOnlyHousekeeping())
                .setEntityCacheEvaluator(Storage.EntityCacheEvaluator(10_000, 16L * MEBI))
                .setDataFileEvaluator(
                    // A large limit for the transactions file: rotating it is not safe in 2.1.3.
                    Storage.DataFileEvaluator(MEBI, 64 * MEBI, 0.5, false, 1024 * MEBI))
                .createConfiguration());
    foundation.onConnectionFoundation(connection -> {
      BinaryHandlersJDK17.registerJDK17TypeHandlers(connection);
      connection.registerCustomTypeHandler(new RowHandler());
    });
    foundation.setWriterProvider(() -> writer);
    EmbeddedStorageManager storage = foundation.createEmbeddedStorageManager().start();
    try {
      Root root = (Root) storage.root();
      if (root == null) {
        root = new Root(schema);
        storage.setRoot(root);
        storage.storeRoot();
        // EclipseStore makes its own files and asks nobody about their modes.
        Private.tighten(folder);
      }
      return new Disk(folder, storage, writer, root);
    } catch (RuntimeException | Error e) {
      storage.shutdown();
      throw e;
    }
  }

  /**
   * The dictionary of types is written past the file writer; it has to survive a power loss too.
   */
  void forceTypes() {
    // Every type that will ever be stored is known after this one write.
    Row body = new Row(new byte[0]);
    storage.store(new Row.WithBody(new Row(new byte[0]), Lazy.Reference(body)));
    storage.store(new Buckets("types"));
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.filter(Files::isRegularFile).toList())
        if (path.toString().endsWith(".ptd")) Durably.write(path, Files.readAllBytes(path));
    } catch (IOException e) {
      throw new StoreOpenException("cannot force the files of " + folder, e);
    }
  }

  int schema() {
    return root.schema;
  }

  /** Applies the migrations that the folder has not seen, each in one write. */
  void migrate(List<Migration> migrations) {
    for (Migration migration : migrations) {
      if (migration.to() <= root.schema) continue;
      LOG.info("migrating the store to schema {}: {}", migration.to(), migration.name());
      Set<Object> dirty = identitySet();
      migration.tables().forEach((table, change) -> rewrite(table, change, dirty));
      root.schema = migration.to();
      dirty.add(root);
      commit(dirty);
    }
  }

  private void rewrite(String table, UnaryOperator<ObjectNode> change, Set<Object> dirty) {
    Buckets buckets = tables.get(table);
    if (buckets == null) return;
    buckets.forEach(slot -> {
      Row row = header(slot);
      byte[] bytes = row.bytes;
      if (bytes == null) throw new IllegalStateException("a row was read before migration");
      Checksums.Opened opened = Checksums.open(table, bytes);
      byte[] json = Json.bytes(change.apply(Json.read(opened.json(), ObjectNode.class)));
      row.bytes = Checksums.seal(table, opened.body(), json);
      tallies.of(table).replace(opened.checksum(), Checksums.of(row.bytes));
      dirty.add(row);
    });
    store(tallies.of(table), dirty);
  }

  /**
   * Gives every row a checksum, in folders that were written before there were any; bodies are read
   * once for that.
   */
  void seal() {
    if (isSealed()) return;
    if (!root.tables.isEmpty()) LOG.info("giving every row of the store a checksum");
    Set<Object> dirty = identitySet();
    for (Buckets buckets : List.copyOf(root.tables)) {
      Tally tally = tallies.of(buckets.table);
      buckets.forEach(slot -> {
        tally.add(seal(buckets.table, slot));
        dirty.add(header(slot));
      });
      store(tally, dirty);
    }
    buckets(Tally.TABLE, dirty);
    dirty.add(root);
    commit(dirty);
  }

  private static int seal(String table, Object slot) {
    Row row = header(slot);
    byte[] json = row.bytes;
    if (json == null) throw new IllegalStateException("a row was read before it was sealed");
    if (Checksums.isSealed(json))
      throw new DamagedException("table " + table + " has checksums and no tally");
    long body = Checksums.NO_BODY;
    if (slot instanceof Row.WithBody with) {
      Row loaded = Lazy.get(with.body);
      if (loaded == null || loaded.bytes == null)
        throw new DamagedException("a row of " + table + " has lost its body");
      body = Checksums.ofBody(loaded.bytes);
      with.body.clear();
    }
    row.bytes = Checksums.seal(table, body, json);
    return Checksums.of(row.bytes);
  }

  private void store(Tally tally, Set<Object> dirty) {
    tally.row.bytes = tally.sealed();
    dirty.add(tally.row);
    if (tallies.isKept(tally)) return;
    buckets(Tally.TABLE, dirty).add(tally.table, tally.row, dirty);
    tallies.keep(tally);
  }

  /**
   * @throws DamagedException if a row is not what was written, or one is missing
   */
  <V> Rows<V> load(Table<V> table) {
    Buckets buckets = tables.get(table.name());
    List<Object> slots = new ArrayList<>();
    if (buckets != null) buckets.forEach(slots::add);
    List<Entry<V>> entries =
        slots.parallelStream().map(slot -> new Entry<>(decode(table, slot), slot, null)).toList();
    Tally found = new Tally(table.name());
    for (Entry<V> entry : entries) found.add(header(entry.slot()).checksum);
    if (isSealed()) found.compare(tallies.of(table.name()).kept());
    return Rows.of(table, entries);
  }

  /** Whether its rows have checksums; one of before, that is only looked at, has none. */
  boolean isSealed() {
    return tables.containsKey(Tally.TABLE);
  }

  private <V> V decode(Table<V> table, @Nullable Object slot) {
    Row row = header(slot);
    byte[] bytes = row.bytes;
    if (bytes == null) throw new DamagedException("a row of " + table.name() + " has no bytes");
    if (!isSealed()) return Json.read(bytes, table.type());
    Checksums.Opened opened = Checksums.open(table.name(), bytes);
    row.bytes = null;
    row.checksum = opened.checksum();
    if (slot instanceof Row.WithBody with) with.sum = opened.body();
    return Json.read(opened.json(), table.type());
  }

  private static Row header(@Nullable Object slot) {
    return switch (slot) {
      case Row.WithBody row -> row.header;
      case Row row -> row;
      case null, default ->
          throw new DamagedException("there is something else where a row should be");
    };
  }

  /** EclipseStore's own files, as they are now. */
  List<Path> files() {
    try (var all = Files.list(folder.resolve("channel_0"))) {
      return all.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  long applied() {
    return root.applied;
  }

  /**
   * Stores the touched rows in one atomic and forced write.
   *
   * @param before the state as these files hold it
   * @param applied the last record of the journal that is in {@code after}
   * @return {@code after}, with every touched row tied to its place on disk
   */
  State write(Iterable<Transaction.Touch> touched, State before, State after, long applied) {
    Set<Object> dirty = identitySet();
    List<Row> written = new ArrayList<>();
    State tied = after;
    for (Transaction.Touch touch : touched)
      tied = write(touch.table(), touch.key(), before, tied, dirty, written);
    for (Transaction.Touch touch : touched) store(tallies.of(touch.table().name()), dirty);
    root.applied = applied;
    dirty.add(root);
    commit(dirty);
    for (Row row : written) row.bytes = null;
    return tied;
  }

  private <V> State write(
      Table<V> table, String key, State before, State after, Set<Object> dirty, List<Row> written) {
    Entry<V> old = before.rows(table).entry(key);
    Entry<V> now = after.rows(table).entry(key);
    Object oldSlot = old == null ? null : old.slot();
    if (oldSlot != null) superseded++;
    Tally tally = tallies.of(table.name());
    if (oldSlot != null) tally.remove(header(oldSlot).checksum);
    if (now == null) {
      if (oldSlot != null) buckets(table.name(), dirty).remove(key, oldSlot, dirty);
      return after;
    }
    Object slot = slot(table, now, oldSlot, dirty);
    Row header = header(slot);
    long body = slot instanceof Row.WithBody with ? with.sum : Checksums.NO_BODY;
    header.bytes = Checksums.seal(table.name(), body, Json.bytes(now.value()));
    header.checksum = Checksums.of(header.bytes);
    tally.add(header.checksum);
    dirty.add(header);
    written.add(header);
    if (slot != oldSlot) {
      if (oldSlot != null) buckets(table.name(), dirty).remove(key, oldSlot, dirty);
      buckets(table.name(), dirty).add(key, slot, dirty);
    }
    return after.with(table, after.rows(table).with(new Entry<>(now.value(), slot, null)));
  }

  private static Object slot(
      Table<?> table, Entry<?> now, @Nullable Object oldSlot, Set<Object> dirty) {
    if (!table.bodies()) return oldSlot == null ? new Row(new byte[0]) : oldSlot;
    byte[] body = now.body();
    // A row that was removed and written anew does not get its old body back.
    if (body == null && oldSlot != null && now.slot() == oldSlot) return oldSlot;
    byte[] content = body == null ? new byte[0] : body;
    Row.WithBody slot = new Row.WithBody(new Row(new byte[0]), Lazy.Reference(new Row(content)));
    slot.sum = Checksums.ofBody(content);
    dirty.add(slot);
    return slot;
  }

  private Buckets buckets(String table, Set<Object> dirty) {
    return tables.computeIfAbsent(
        table,
        name -> {
          Buckets buckets = new Buckets(name);
          root.tables.add(buckets);
          dirty.add(root.tables);
          return buckets;
        });
  }

  private void commit(Set<Object> dirty) {
    Storer storer = storage.createStorer();
    for (Object object : dirty) storer.store(object);
    storer.commit();
  }

  /**
   * How many rows were replaced or removed since the last compaction: what compaction can reclaim.
   */
  int superseded() {
    return superseded;
  }

  /** Reclaims what superseded and removed rows take; nothing may write meanwhile. */
  void compact() {
    superseded = 0;
    storage.issueFullGarbageCollection();
    storage.issueFullFileCheck();
  }

  private static Set<Object> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  @Override
  public void close() {
    storage.shutdown();
    writer.close();
  }

  /** Only evicts cached entities: garbage collection beside writing loses data in 2.1.3. */
  private static final class CacheOnlyHousekeeping implements StorageHousekeepingController {
    @Override
    public long housekeepingIntervalMs() {
      return 1_000;
    }

    @Override
    public long housekeepingTimeBudgetNs() {
      return 10_000_000;
    }

    @Override
    public long garbageCollectionTimeBudgetNs() {
      return 0;
    }

    @Override
    public long liveCheckTimeBudgetNs() {
      return 10_000_000;
    }

    @Override
    public long fileCheckTimeBudgetNs() {
      return 0;
    }
  }
}
