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

  private final EmbeddedStorageManager storage;
  private final ForcedFileWriter writer;
  private final Root root;
  private final Map<String, Buckets> tables = new HashMap<>();
  private int superseded;

  private Disk(EmbeddedStorageManager storage, ForcedFileWriter writer, Root root) {
    this.storage = storage;
    this.writer = writer;
    this.root = root;
    for (Buckets table : root.tables) tables.put(table.table, table);
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
    Root root = (Root) storage.root();
    if (root == null) {
      root = new Root(schema);
      storage.setRoot(root);
      storage.storeRoot();
    }
    Disk disk = new Disk(storage, writer, root);
    disk.forceTypes(folder);
    return disk;
  }

  /**
   * The dictionary of types is written past the file writer; it has to survive a power loss too.
   */
  private void forceTypes(Path folder) {
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
      row.bytes = Json.bytes(change.apply(Json.read(bytes, ObjectNode.class)));
      dirty.add(row);
    });
  }

  <V> Rows<V> load(Table<V> table) {
    Rows<V> rows = Rows.empty(table);
    Buckets buckets = tables.get(table.name());
    if (buckets == null) return rows;
    List<Object> slots = new ArrayList<>();
    buckets.forEach(slots::add);
    List<Entry<V>> entries =
        slots.parallelStream()
            .map(slot -> new Entry<>(decode(table, header(slot)), slot, null))
            .toList();
    for (Entry<V> entry : entries) rows = rows.with(entry);
    return rows;
  }

  private static <V> V decode(Table<V> table, Row row) {
    byte[] bytes = row.bytes;
    if (bytes == null)
      throw new IllegalStateException("a row of " + table.name() + " has no bytes");
    row.bytes = null;
    return Json.read(bytes, table.type());
  }

  private static Row header(Object slot) {
    return slot instanceof Row.WithBody row ? row.header : (Row) slot;
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
    if (now == null) {
      if (oldSlot != null) buckets(table, dirty).remove(key, oldSlot, dirty);
      return after;
    }
    Object slot = slot(table, now, oldSlot, dirty);
    Row header = header(slot);
    header.bytes = Json.bytes(now.value());
    dirty.add(header);
    written.add(header);
    if (slot != oldSlot) {
      if (oldSlot != null) buckets(table, dirty).remove(key, oldSlot, dirty);
      buckets(table, dirty).add(key, slot, dirty);
    }
    return after.with(table, after.rows(table).with(new Entry<>(now.value(), slot, null)));
  }

  private static Object slot(
      Table<?> table, Entry<?> now, @Nullable Object oldSlot, Set<Object> dirty) {
    if (!table.bodies()) return oldSlot == null ? new Row(new byte[0]) : oldSlot;
    byte[] body = now.body();
    // A row that was removed and written anew does not get its old body back.
    if (body == null && oldSlot != null && now.slot() == oldSlot) return oldSlot;
    Row.WithBody slot =
        new Row.WithBody(
            new Row(new byte[0]), Lazy.Reference(new Row(body == null ? new byte[0] : body)));
    dirty.add(slot);
    return slot;
  }

  private Buckets buckets(Table<?> table, Set<Object> dirty) {
    return tables.computeIfAbsent(
        table.name(),
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
