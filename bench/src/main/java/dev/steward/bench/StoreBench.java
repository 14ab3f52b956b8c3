package dev.steward.bench;

import dev.steward.storage.Index;
import dev.steward.storage.Store;
import dev.steward.storage.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Durable writes beside SQLite (WAL, synchronous=FULL), and what a table's size costs. */
final class StoreBench implements Main.Benchmark {
  private static final int ROUNDS = 5;
  private static final Duration ROUND = Duration.ofSeconds(2);

  record Item(String id, String owner, String text, long number) {}

  private static final Table<Item> ITEMS =
      Table.named("items", "item", Item.class, Item::id)
          .global("measured")
          .index(Index.on("owner", Item::owner))
          .kept("as long as it is measured");

  @Override
  public void run() throws Exception {
    besideSqlite();
    bySize();
  }

  private static Item item(long number) {
    return new Item(
        String.format(Locale.ROOT, "item_%012d", number),
        "owner_" + number % 100,
        "x".repeat(150),
        number);
  }

  private static Store open(Path folder) {
    return Store.open(folder, List.of(ITEMS), List.of());
  }

  private static void besideSqlite() throws Exception {
    Path folder = Files.createTempDirectory("steward-bench");
    AtomicLong next = new AtomicLong();
    try (Store store = open(folder.resolve("store"));
        Sqlite sqlite = new Sqlite(folder.resolve("sqlite.db"))) {
      LongConsumer ours = n -> store.write(t -> t.put(ITEMS, item(n)));
      for (int writers : new int[] {1, 8, 64}) {
        double[] a = new double[ROUNDS];
        double[] b = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
          double rateOurs = rate(writers, next, ours);
          double rateTheirs = rate(writers, next, sqlite::put);
          if (round < 0) continue;
          a[round] = rateOurs;
          b[round] = rateTheirs;
        }
        System.out.printf(
            Locale.ROOT,
            "durable writes, %2d writers: store %s, SQLite FULL %s, ratio %s%n",
            writers,
            new Measurements(a).shown("/s"),
            new Measurements(b).shown("/s"),
            Measurements.ratios(a, b).shown("x"));
      }
    }
    Measurements.delete(folder);
  }

  private static double rate(int writers, AtomicLong next, LongConsumer write) throws Exception {
    long end = System.nanoTime() + ROUND.toNanos();
    AtomicLong written = new AtomicLong();
    try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < writers; i++)
        all.add(
            threads.submit(() -> {
              while (System.nanoTime() < end) {
                write.accept(next.incrementAndGet());
                written.incrementAndGet();
              }
            }));
      for (Future<?> one : all) one.get();
    }
    return written.get() / (ROUND.toNanos() / 1e9);
  }

  private static void bySize() throws Exception {
    int[] sizes = {1_000, 100_000, 1_000_000};
    Path folder = Files.createTempDirectory("steward-bench");
    List<Store> stores = new ArrayList<>();
    for (int size : sizes) {
      Store store = open(folder.resolve("s" + size));
      for (int from = 0; from < size; from += 5_000) {
        int first = from;
        int last = Math.min(size, from + 5_000);
        store.write(t -> {
          for (int n = first; n < last; n++) t.put(ITEMS, item(n));
          return last;
        });
      }
      stores.add(store);
    }
    double[][] micros = new double[sizes.length][ROUNDS];
    long key = 10_000_000;
    for (int round = -1; round < ROUNDS; round++)
      for (int i = 0; i < sizes.length; i++) {
        long began = System.nanoTime();
        for (int n = 0; n < 1_000; n++) {
          Item item = item(key++);
          stores.get(i).write(t -> t.put(ITEMS, item));
        }
        if (round >= 0) micros[i][round] = (System.nanoTime() - began) / 1e3 / 1_000;
      }
    for (int i = 0; i < sizes.length; i++)
      System.out.printf(
          Locale.ROOT,
          "put of a new row at %,d rows: %s, %s of the cost at 1,000%n",
          sizes[i],
          new Measurements(micros[i]).shown("µs"),
          Measurements.ratios(micros[i], micros[0]).shown("x"));
    for (Store store : stores) store.close();
    stores.clear();
    reopen(folder.resolve("s1000000"));
    Measurements.delete(folder);
  }

  private static void reopen(Path folder) {
    double before = usedMegabytes();
    long began = System.nanoTime();
    try (Store store = open(folder)) {
      double seconds = (System.nanoTime() - began) / 1e9;
      System.out.printf(
          Locale.ROOT,
          "reopening %,d rows: %.1f s, heap %.0f MB%n",
          store.state().rows(ITEMS).size(),
          seconds,
          usedMegabytes() - before);
    }
  }

  private static double usedMegabytes() {
    for (int i = 0; i < 3; i++) System.gc();
    return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / 1e6;
  }

  /** SQLite takes one writer at a time, so the fastest way is one connection behind a lock. */
  private static final class Sqlite implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement insert;

    Sqlite(Path file) throws SQLException {
      connection = DriverManager.getConnection("jdbc:sqlite:" + file);
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA journal_mode=WAL");
        statement.execute("PRAGMA synchronous=FULL");
        statement.execute(
            "CREATE TABLE items (id TEXT PRIMARY KEY, owner TEXT, text TEXT, number INTEGER) WITHOUT ROWID");
        statement.execute("CREATE INDEX by_owner ON items (owner)");
      }
      insert = connection.prepareStatement("INSERT INTO items VALUES (?, ?, ?, ?)");
    }

    synchronized void put(long number) {
      Item item = item(number);
      try {
        insert.setString(1, item.id());
        insert.setString(2, item.owner());
        insert.setString(3, item.text());
        insert.setLong(4, item.number());
        insert.executeUpdate();
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws SQLException {
      insert.close();
      connection.close();
    }
  }
}
