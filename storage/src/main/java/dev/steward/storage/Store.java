package dev.steward.storage;

import dev.steward.model.Problem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one owner of the state. Reads take a snapshot without waiting. Writes are handed to a single
 * writer thread, which runs all that wait, makes what they touched durable with one forced write,
 * publishes the new state once, and only then answers.
 */
public final class Store implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Store.class);
  private static final int BATCH = 512;
  private static final int COMPACT_AFTER = 100_000;

  /**
   * A group that is as large as the one before is worth waiting for so long; a force takes several
   * times that.
   */
  private static final long GATHER_NANOS = 100_000;

  /** Bound on the writer's thread, whichever store's it is. */
  private static final ScopedValue<Boolean> WRITING = ScopedValue.newInstance();

  private final Path folder;
  private final Disk disk;
  private final Journal journal;
  private final int schema;
  private final Set<Transaction.Touch> unapplied = new LinkedHashSet<>();
  private final FolderLock lock;
  private final BlockingQueue<Task<?>> queue = new LinkedBlockingQueue<>();
  private final Thread writer;
  private final Object published = new Object();
  private final List<Consumer<State>> listeners = new java.util.concurrent.CopyOnWriteArrayList<>();
  private volatile State state;
  private volatile @Nullable StoreFailedException failure;
  private volatile boolean closing;
  private volatile Consumer<StoreFailedException> onFailure = failed -> {};

  /** The state as EclipseStore's files hold it; the writer's own. */
  private State applied;

  private int lastGroup = 1;
  private final FreeSpace space;

  /** A write that waits; {@code change} null asks for work between writes instead. */
  record Task<R>(
      @Nullable Function<Transaction, R> change,
      @Nullable Runnable pause,
      CompletableFuture<R> answer) {}

  private Store(
      Path folder,
      Disk disk,
      Journal journal,
      FolderLock lock,
      State applied,
      Transaction replayed,
      int schema) {
    this.folder = folder;
    this.space = new FreeSpace(folder);
    this.disk = disk;
    this.journal = journal;
    this.lock = lock;
    this.schema = schema;
    this.applied = applied;
    this.state = replayed.state();
    replayed.touched().forEach(unapplied::add);
    checkpoint();
    this.writer =
        Thread.ofPlatform()
            .name("store-writer")
            .start(() -> ScopedValue.where(WRITING, true).run(this::writeLoop));
  }

  /**
   * Opens the folder, or makes it.
   *
   * @throws StoreOpenException if another process has it, it is of a newer schema, or it cannot be
   *     read
   */
  public static Store open(Path folder) {
    return open(folder, Tables.ALL, Migrations.ALL);
  }

  /** Opens with these tables and migrations; the schema is the last migration's, or 1. */
  public static Store open(Path folder, List<Table<?>> tables, List<Migration> migrations) {
    return open(folder, tables, migrations, new ForcedFileWriter());
  }

  static Store open(
      Path folder, List<Table<?>> tables, List<Migration> migrations, ForcedFileWriter files) {
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      FolderLock lock = FolderLock.take(folder);
      opened.push(lock);
      Private.tighten(folder);
      Opening opening = Opening.of(folder, tables, migrations, files, true);
      opened.push(opening.disk());
      Path file = Opening.journal(folder);
      Journal journal = Journal.open(file, files, opening.recovery());
      opened.push(journal);
      return new Store(
          folder,
          opening.disk(),
          journal,
          lock,
          opening.applied(),
          opening.replayed(),
          opening.schema());
    } catch (RuntimeException | Error e) {
      opened.forEach(Store::closeQuietly);
      throw Opening.explained(folder, e);
    }
  }

  /** The newest durable state. */
  public State state() {
    return state;
  }

  /** What to do when the store has failed; it takes no write afterwards. */
  public void onFailure(Consumer<StoreFailedException> action) {
    onFailure = action;
  }

  /** Called on the writer thread after each publication; must be quick and must not write. */
  public void onPublish(Consumer<State> listener) {
    listeners.add(listener);
  }

  public Optional<StoreFailedException> failure() {
    return Optional.ofNullable(failure);
  }

  /**
   * Runs the change and returns when it is durable. The change may run only on the writer thread,
   * must be pure but for the transaction, and leaves no trace if it throws; what it throws is
   * thrown here.
   *
   * @throws StoreFailedException if it could not be made durable
   */
  public <R> R write(Function<Transaction, R> change) {
    return join(enqueue(new Task<>(change, null, new CompletableFuture<>())));
  }

  /** Runs the work while nothing is written; the files are complete and forced then. */
  public void paused(Runnable work) {
    join(enqueue(new Task<Object>(null, work, new CompletableFuture<>())));
  }

  /** Reclaims disk space; writes wait meanwhile. */
  public void compact() {
    paused(disk::compact);
  }

  /** Waits until the state answers, or the time is over. */
  public <R> Optional<R> await(Function<State, Optional<R>> question, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    synchronized (published) {
      while (true) {
        Optional<R> answer = question.apply(state);
        long left = (end - System.nanoTime()) / 1_000_000;
        if (answer.isPresent() || left <= 0) return answer;
        try {
          published.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return Optional.empty();
        }
      }
    }
  }

  /**
   * A guard for what may take long: within a write everybody else's would wait for it.
   *
   * @throws IllegalStateException if this is the writer's thread
   */
  public static void refuseWithinWrite(String what) {
    if (WRITING.isBound())
      throw new IllegalStateException(what + " outside of a write, for which all others wait");
  }

  private <R> CompletableFuture<R> enqueue(Task<R> task) {
    refuseWithinWrite("what another change writes is written");
    StoreFailedException failed = failure;
    if (failed != null) throw failed;
    // What is in the queue before it closes is answered, and nothing is put there afterwards.
    synchronized (queue) {
      if (closing)
        throw new StoreFailedException("the store is closed", new IllegalStateException());
      queue.add(task);
    }
    return task.answer();
  }

  private static <R> R join(CompletableFuture<R> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException known) throw known;
      throw e;
    }
  }

  private void writeLoop() {
    List<Task<?>> batch = new ArrayList<>();
    while (!closing || !queue.isEmpty()) {
      try {
        Task<?> first = queue.poll(200, java.util.concurrent.TimeUnit.MILLISECONDS);
        if (first == null) {
          checkpointIfIdle();
          continue;
        }
        batch.add(first);
        gather();
        queue.drainTo(batch, BATCH - 1);
        lastGroup = batch.size();
        run(batch);
      } catch (InterruptedException e) {
        LOG.warn("the store's writer was interrupted; it goes on");
      } finally {
        batch.clear();
      }
    }
  }

  /**
   * Callers that were answered together come back nearly together; the last of them should not have
   * to wait for a force of its own.
   */
  private void gather() {
    if (lastGroup < 2) return;
    long end = System.nanoTime() + GATHER_NANOS;
    while (queue.size() < lastGroup - 1 && System.nanoTime() < end) Thread.onSpinWait();
  }

  private void run(List<Task<?>> batch) {
    State before = state;
    Batch changes = new Batch(before);
    List<Runnable> answers = new ArrayList<>();
    List<Task<?>> pauses = new ArrayList<>();
    boolean refuse = space.isGone();
    for (Task<?> task : batch) {
      if (task.change() == null) pauses.add(task);
      else if (refuse) refuseFull(task);
      else changes.run(task, answers);
    }
    try {
      StoreFailedException failed = failure;
      if (failed != null) throw failed;
      if (!changes.isEmpty()) commit(changes.merged());
      answers.forEach(Runnable::run);
    } catch (RuntimeException | Error e) {
      fail(e, batch);
    }
    pauses.forEach(this::pause);
    afterwards(batch);
  }

  /** Callers have their answers; now there is time for what only the files need. */
  private void afterwards(List<Task<?>> batch) {
    try {
      if (failure == null && journal.isDue()) checkpoint();
      if (failure == null && disk.superseded() > COMPACT_AFTER) {
        checkpoint();
        disk.compact();
      }
    } catch (RuntimeException | Error e) {
      fail(e, batch);
    }
  }

  private void checkpointIfIdle() {
    try {
      if (failure == null) checkpoint();
    } catch (RuntimeException | Error e) {
      fail(e, List.of());
    }
  }

  /** Durable is what is in the journal; what is too large for it goes to the files at once. */
  private void commit(Transaction changes) {
    State after = changes.state();
    byte[] record = Journal.encode(schema, changes.touched(), after);
    if (!journal.hasRoom(record.length)) checkpoint();
    changes.touched().forEach(unapplied::add);
    if (journal.hasRoom(record.length)) {
      journal.append(record);
      publish(after);
    } else {
      journal.skip();
      applied = disk.write(unapplied, applied, after, journal.sequence());
      unapplied.clear();
      journal.checkpointed();
      publish(applied);
    }
  }

  /** Brings EclipseStore's files up to the journal, which then begins anew. */
  private void checkpoint() {
    if (unapplied.isEmpty()) return;
    applied = disk.write(unapplied, applied, state, journal.sequence());
    unapplied.clear();
    journal.checkpointed();
    state = applied;
  }

  private void publish(State next) {
    synchronized (published) {
      state = next;
      published.notifyAll();
    }
    for (Consumer<State> listener : listeners) listener.accept(next);
  }

  private void pause(Task<?> task) {
    try {
      checkpoint();
    } catch (RuntimeException | Error e) {
      // Unlike the work's own failure this one is the store's.
      fail(e, List.of(task));
      return;
    }
    try {
      Runnable work = task.pause();
      if (work != null) work.run();
      task.answer().complete(null);
    } catch (RuntimeException e) {
      task.answer().completeExceptionally(e);
    }
  }

  private void fail(Throwable cause, List<Task<?>> batch) {
    StoreFailedException failed =
        cause instanceof StoreFailedException known
            ? known
            : new StoreFailedException(
                "the store could not write to " + folder + ": " + cause.getMessage(), cause);
    boolean first = failure == null;
    failure = failed;
    batch.forEach(task -> task.answer().completeExceptionally(failed));
    if (!first) return;
    LOG.error("the store failed and takes no more writes", cause);
    onFailure.accept(failed);
  }

  private static void refuseFull(Task<?> task) {
    task.answer()
        .completeExceptionally(
            Problem.of(Problem.Type.STORAGE_FULL, "the disk is full; nothing was changed"));
  }

  @Override
  public void close() {
    synchronized (queue) {
      if (closing) return;
      closing = true;
    }
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    checkpointIfIdle();
    if (failure == null) journal.finished();
    disk.close();
    closeQuietly(journal);
    closeQuietly(lock);
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      LOG.warn("closing failed", e);
    }
  }
}
