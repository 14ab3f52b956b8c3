package dev.steward.api.connections;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection: where it stands and since when we wait for its other end. Its own thread writes,
 * the watch reads.
 */
final class Visitor {
  /** How long one that was told to go is listened to, so that it hears why. */
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  /** Since when one is no longer merely on its way. */
  private static final long DAWDLING = Duration.ofSeconds(5).toNanos();

  private static final double NANOS = 1e9;

  /** Where it stands. */
  enum Phase {
    /** Before the first byte of a request. */
    IDLE,
    /** Within a request's head. */
    HEAD,
    /** We are at work. */
    BUSY,
    /** Within a request's body. */
    BODY,
    /** An answer goes out. */
    ANSWER,
    /** All is said. */
    LEAVING
  }

  private final SocketChannel channel;
  private final SocketAddress remote;
  private final String network;
  private volatile Phase phase = Phase.IDLE;
  private volatile boolean waiting = true;
  private volatile long since = System.nanoTime();
  private volatile boolean served;
  private volatile boolean late;
  private volatile boolean last;
  private volatile boolean closing;

  /** For its own thread alone. */
  private boolean hasBody;

  private final AtomicLong received = new AtomicLong();
  private final AtomicLong consumed = new AtomicLong();
  private volatile boolean passing;
  private volatile long unreadAtMost = Long.MAX_VALUE;
  private final AtomicLong waited = new AtomicLong();
  private volatile @Nullable LongSupplier toWrite;
  private volatile long toWriteAtFirst;

  Visitor(SocketChannel channel, SocketAddress remote, String network) {
    this.channel = channel;
    this.remote = remote;
    this.network = network;
  }

  SocketAddress remote() {
    return remote;
  }

  /** Whose it is: see {@link Network#of}. */
  String network() {
    return network;
  }

  Phase phase() {
    return phase;
  }

  boolean isLate() {
    return late;
  }

  boolean isClosing() {
    return closing;
  }

  /** Either end has said that this request is the connection's last. */
  void isLast() {
    last = true;
  }

  /** Whether it was the last one: then nothing more is read. */
  void answered() {
    closing = last;
  }

  void enter(Phase next) {
    if (next == Phase.IDLE || next == Phase.BUSY && (phase == Phase.HEAD || phase == Phase.IDLE))
      forgetBody();
    if (next == Phase.IDLE && phase == Phase.ANSWER) served = true;
    // A head's time runs from its first byte, whatever is read in between.
    if (next == phase && next == Phase.HEAD) return;
    since = System.nanoTime();
    phase = next;
  }

  /** Most requests have none, and each of these is written to where other processors see it. */
  private void forgetBody() {
    if (!hasBody) return;
    hasBody = false;
    received.set(0);
    consumed.set(0);
    waited.set(0);
    passing = false;
    unreadAtMost = Long.MAX_VALUE;
  }

  void waits(boolean whether) {
    long now = System.nanoTime();
    if (phase != Phase.HEAD) {
      if (!whether && phase == Phase.BODY) {
        hasBody = true;
        waited.addAndGet(now - since);
      }
      since = now;
    }
    waiting = whether;
  }

  void got(int bytes) {
    hasBody = true;
    received.addAndGet(bytes);
  }

  /**
   * @param atOnce how much of the body may be here without being read
   * @param kept whether what was read stays in memory
   */
  void expects(long atOnce, boolean kept) {
    hasBody = true;
    unreadAtMost = atOnce;
    passing = !kept;
  }

  void read(long bytes) {
    hasBody = true;
    consumed.addAndGet(bytes);
  }

  boolean hasTooMuchUnread() {
    return received.get() - consumed.get() > unreadAtMost;
  }

  /** Bytes of a body that lie in memory. */
  long held() {
    if (phase != Phase.BODY && phase != Phase.BUSY) return 0;
    return passing ? received.get() - consumed.get() : received.get();
  }

  void writes(LongSupplier left) {
    toWriteAtFirst = left.getAsLong();
    toWrite = left;
  }

  void wrote() {
    toWrite = null;
  }

  /** Bytes of an answer that the other end has not taken. */
  long pending() {
    LongSupplier left = toWrite;
    return left == null ? 0 : left.getAsLong();
  }

  long since() {
    return since;
  }

  boolean isWaiting() {
    return waiting;
  }

  boolean isDawdling(long now) {
    return waiting && now - since > DAWDLING;
  }

  /**
   * Who goes first when there is no room: 0 before all, the larger the later.
   *
   * @return -1 for whom we keep waiting ourselves, or who is well on the way
   */
  int rank(long now) {
    if (!waiting) return -1;
    return switch (phase) {
      case LEAVING -> 0;
      case IDLE, HEAD -> served ? 2 : 1;
      case BODY, ANSWER -> isDawdling(now) ? 3 : -1;
      case BUSY -> -1;
    };
  }

  /** Whether its time is over. */
  boolean isOverdue(Limits limits, long now) {
    if (!waiting) return false;
    long passed = now - since;
    return switch (phase) {
      case IDLE -> passed > limits.idle().toNanos();
      case HEAD -> passed > limits.header().toNanos();
      case BODY -> waited.get() + passed > allowed(limits, received.get());
      case ANSWER -> passed > allowed(limits, toWriteAtFirst - pending());
      case LEAVING -> passed > FAREWELL.toNanos();
      case BUSY -> false;
    };
  }

  private static long allowed(Limits limits, long bytes) {
    return limits.grace().toNanos() + (long) (bytes * NANOS / limits.leastRate());
  }

  /** Ends its wait: whoever has a word to say to it may still do so. */
  void hurry() {
    late = true;
    if (phase == Phase.ANSWER || phase == Phase.LEAVING) close();
    else
      try {
        channel.shutdownInput();
      } catch (IOException e) {
        close();
      }
  }

  /** Tells the other end that nothing more comes. */
  void hangUp() {
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      close();
    }
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is as good as closed.
      late = true;
    }
  }
}
