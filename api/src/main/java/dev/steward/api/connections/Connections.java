package dev.steward.api.connections;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServerConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whoever is connected to a server. Helidon knows no deadline for a request's head or body, nor for
 * who does not take an answer, and stops to accept when it has its most connections; so this
 * watches them. When there is no room, who has kept us waiting longest makes room: a flood of slow
 * callers displaces itself, and whoever says what they want is served.
 */
public final class Connections implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);
  private static final long EVERY_MILLIS = 250;

  /** After so many bytes of bodies we look at what they hold without waiting for the next round. */
  private static final long LOOK_AFTER = 16L << 20;

  /** How much of the heap bodies that are coming in may hold, and answers that are going out. */
  private static final int SHARE = 4;

  private final Limits limits;
  private final Map<SocketAddress, Visitor> visitors = new ConcurrentHashMap<>();
  private final Map<String, Integer> ofNetwork = new ConcurrentHashMap<>();
  private final AtomicLong unlooked = new AtomicLong();
  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("connections").factory());

  private final Future<?> rounds;
  private final long most;

  public Connections(Limits limits) {
    this(limits, Runtime.getRuntime().maxMemory() / SHARE);
  }

  /**
   * @param most bytes that bodies may hold, and as many that answers may
   */
  Connections(Limits limits, long most) {
    this.limits = limits;
    this.most = most;
    rounds =
        watch.scheduleWithFixedDelay(
            this::goRound, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Makes a server's connections these; it speaks HTTP/1.1 and nothing else. */
  public WebServerConfig.Builder of(WebServerConfig.Builder server) {
    return server
        .maxTcpConnections(-1)
        .idleConnectionTimeout(Duration.ofDays(1))
        .protocolsDiscoverServices(false)
        .addConnectionSelector(new WatchedSelector(this))
        .connectionOptions(
            // An answer of several packets must not wait for the acknowledgement of its first.
            new Welcome(SocketOptions.builder().tcpNoDelay(true).build(), this::welcome));
  }

  /**
   * A request's body, to be read on the request's own thread.
   *
   * @param atOnce how many bytes of it may be here without being read
   * @param kept whether what is read stays in memory
   */
  public static InputStream body(InputStream body, long atOnce, boolean kept) {
    Visitor visitor = WatchedConnection.present();
    if (visitor == null) return body;
    visitor.expects(atOnce, kept);
    return new CountedStream(body, visitor::read);
  }

  /** How many there are. */
  public int size() {
    return visitors.size();
  }

  @Override
  public void close() {
    rounds.cancel(true);
    watch.shutdown();
  }

  /**
   * Takes a connection in, for which another one may have to go.
   *
   * @throws NoRoomException where nobody is who could
   */
  private void welcome(SocketChannel channel) throws IOException {
    if (!(channel.getRemoteAddress() instanceof InetSocketAddress remote))
      throw new NoRoomException();
    InetAddress from = remote.getAddress();
    String network = Network.of(from);
    if (!limits.proxies().trusts(from) && count(network) >= limits.perAddress())
      makeRoom(v -> v.network().equals(network));
    if (visitors.size() >= limits.connections()) makeRoom(v -> true);
    at(remote).ifPresent(this::gone);
    visitors.put(remote, new Visitor(channel, remote, network));
    ofNetwork.merge(network, 1, Integer::sum);
  }

  private int count(String network) {
    return ofNetwork.getOrDefault(network, 0);
  }

  private void makeRoom(Predicate<Visitor> among) {
    long now = System.nanoTime();
    visitors.values().stream()
        .filter(v -> among.test(v) && v.rank(now) >= 0)
        .min(Comparator.<Visitor>comparingInt(v -> v.rank(now)).thenComparingLong(Visitor::since))
        .ifPresentOrElse(
            this::dismiss,
            () -> {
              throw new NoRoomException();
            });
  }

  private void dismiss(Visitor visitor) {
    gone(visitor);
    visitor.close();
  }

  void gone(Visitor visitor) {
    if (visitors.remove(visitor.remote(), visitor))
      ofNetwork.computeIfPresent(visitor.network(), (n, count) -> count > 1 ? count - 1 : null);
  }

  Optional<Visitor> at(@Nullable SocketAddress remote) {
    return Optional.ofNullable(remote == null ? null : visitors.get(remote));
  }

  /** A body grew by so much. */
  void grew(int bytes) {
    if (unlooked.addAndGet(bytes) < LOOK_AFTER) return;
    unlooked.set(0);
    relieve(Visitor::held, most, v -> true);
  }

  /** One round that fails must not be the last one. */
  private void goRound() {
    try {
      look();
    } catch (RuntimeException e) {
      LOG.error("cannot watch connections", e);
    }
  }

  private void look() {
    long now = System.nanoTime();
    for (Visitor visitor : visitors.values())
      if (!visitor.isOpen()) gone(visitor);
      else if (!visitor.isLate() && visitor.isOverdue(limits, now)) visitor.hurry();
      else if (visitor.isLate() && visitor.isDawdling(now)) dismiss(visitor);
    relieve(Visitor::held, most, v -> true);
    relieve(Visitor::pending, most / 2, v -> v.isDawdling(now));
    relieve(Visitor::pending, most, v -> true);
  }

  /** Those who have kept us waiting longest go until the rest fits. */
  private synchronized void relieve(
      ToLongFunction<Visitor> weight, long limit, Predicate<Visitor> among) {
    long all = visitors.values().stream().mapToLong(weight).sum();
    while (all > limit) {
      Optional<Visitor> slowest =
          visitors.values().stream()
              .filter(v -> v.isWaiting() && weight.applyAsLong(v) > 0 && among.test(v))
              .min(Comparator.comparingLong(Visitor::since));
      if (slowest.isEmpty()) return;
      all -= weight.applyAsLong(slowest.get());
      dismiss(slowest.get());
    }
  }
}
