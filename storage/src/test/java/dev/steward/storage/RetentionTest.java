package dev.steward.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.model.AccountId;
import dev.steward.model.Delivery;
import dev.steward.model.DeliveryId;
import dev.steward.model.Event;
import dev.steward.model.Finding;
import dev.steward.model.FindingId;
import dev.steward.model.Forgotten;
import dev.steward.model.Idempotent;
import dev.steward.model.Ids;
import dev.steward.model.Money;
import dev.steward.model.NotificationTarget.Topic;
import dev.steward.model.OrganizationId;
import dev.steward.model.RunStatus;
import dev.steward.model.Scan;
import dev.steward.model.ScanId;
import dev.steward.model.TargetId;
import dev.steward.storage.Retention.Limit;
import dev.steward.storage.Retention.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing grows without end, and nothing goes before its time, whatever the clock says. */
final class RetentionTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Limit WIDE = new Limit(Duration.ofDays(90), 1_000_000);

  @TempDir Path folder;
  private final Ids ids = Ids.random();
  private final OrganizationId organization = OrganizationId.from(ids);
  private final AccountId account = AccountId.from(ids);
  private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);
  private Instant wall = Instant.parse("2026-03-01T00:00:00Z");
  private Parts at;

  private record Parts(Store store, ClockLog clock) {}

  @BeforeEach
  void start() {
    Store store = Store.open(folder);
    at = new Parts(store, new ClockLog(store, () -> wall, nanos::get));
    at.clock().note();
  }

  @AfterEach
  void stop() {
    at.store().close();
  }

  private static Limits limits(Limit events, Limit deliveries, Limit scans) {
    Map<Table<?>, Limit> limits =
        Map.of(
            Tables.IDEMPOTENT,
            new Limit(DAY, Integer.MAX_VALUE),
            Tables.DELIVERIES,
            deliveries,
            Tables.EVENTS,
            events,
            Tables.SCANS,
            scans);
    return (table, keep) -> limits.getOrDefault(table, WIDE);
  }

  private int sweep() {
    return sweep(limits(WIDE, WIDE, WIDE));
  }

  private int sweep(Limits limits) {
    return new Retention(at.store(), at.clock(), limits).sweep();
  }

  /** The platform runs so long, and writes down the time every hour. */
  private void pass(Duration time) {
    for (Duration left = time; left.isPositive(); left = left.minusHours(1)) {
      nanos.addAndGet(Duration.ofHours(1).toNanos());
      wall = wall.plus(Duration.ofHours(1));
      at.clock().note();
    }
  }

  private void use(String key) {
    at.store()
        .write(t ->
            t.put(
                Tables.IDEMPOTENT,
                new Idempotent(
                    organization + "/usr/" + key, "", 200, "", ClockLog.stamp(t.state(), wall))));
  }

  private boolean knows(String key) {
    return at.store().state().find(Tables.IDEMPOTENT, organization + "/usr/" + key).isPresent();
  }

  @Test
  void aKeyIsKeptForItsTimeAndThenForgotten() {
    use("a");
    pass(Duration.ofHours(23));
    sweep();
    assertThat(knows("a")).isTrue();
    pass(Duration.ofHours(8));
    use("b");
    sweep();
    assertThat(knows("a")).isFalse();
    assertThat(knows("b")).isTrue();
  }

  @Test
  void aClockThatJumpsMakesNoKeyOld() {
    use("before");
    wall = wall.plus(Duration.ofDays(3_650));
    at.clock().note();
    sweep();
    assertThat(knows("before")).isTrue();
    use("there");
    wall = wall.minus(Duration.ofDays(3_651));
    // Between two entries of the log, and earlier than all of them.
    use("back");
    at.clock().note();
    pass(Duration.ofHours(20));
    sweep();
    assertThat(knows("before") && knows("there") && knows("back")).isTrue();
  }

  @Test
  void timeThatTheMachineWasOffDoesNotCount() {
    use("a");
    pass(Duration.ofHours(20));
    stop();
    wall = wall.plus(Duration.ofDays(300));
    nanos.set(17);
    start();
    sweep();
    assertThat(knows("a")).isTrue();
    // What was counted before the restart counts.
    pass(Duration.ofHours(10));
    sweep();
    assertThat(knows("a")).isFalse();
  }

  private DeliveryId delivery(Delivery.Status status) {
    DeliveryId id = DeliveryId.from(ids);
    at.store()
        .write(t ->
            t.put(
                Tables.DELIVERIES,
                new Delivery(
                    id,
                    organization,
                    TargetId.from(ids),
                    Topic.REQUEST,
                    "apr_1",
                    "title",
                    "text",
                    status,
                    1,
                    null,
                    wall,
                    status == Delivery.Status.WAITING ? null : wall,
                    0)));
    return id;
  }

  private boolean knows(DeliveryId id) {
    return at.store().state().find(Tables.DELIVERIES, id.value()).isPresent();
  }

  @Test
  void deliveriesAreBoundedByAgeAndNumberAndWhatWaitsStays() {
    Limits limits = limits(WIDE, new Limit(Duration.ofDays(2), 3), WIDE);
    DeliveryId waits = delivery(Delivery.Status.WAITING);
    DeliveryId dead = delivery(Delivery.Status.DEAD);
    pass(DAY);
    List<DeliveryId> sent = List.of(delivery(Delivery.Status.SENT), delivery(Delivery.Status.SENT));
    assertThat(sweep(limits)).isZero();
    pass(Duration.ofHours(32));
    assertThat(sweep(limits)).isEqualTo(1);
    assertThat(knows(dead)).isFalse();
    assertThat(sent).allMatch(this::knows);
    pass(Duration.ofHours(1));
    for (int i = 0; i < 3; i++) delivery(Delivery.Status.SENT);
    assertThat(sweep(limits)).isEqualTo(2);
    assertThat(sent).noneMatch(this::knows);
    assertThat(knows(waits)).isTrue();
    assertThat(
            Retention.until(at.store().state(), Tables.DELIVERIES, Stream.of(organization.value())))
        .contains(Instant.parse("2026-03-02T00:00:00Z"));
  }

  private Event happens() {
    return at.store().write(t -> Events.append(t, organization, "type", "subject", "detail", wall));
  }

  private List<Long> events() {
    return at.store().state().rows(Tables.EVENTS).stream().map(Event::sequence).toList();
  }

  @Test
  void eventsAreBoundedAndTheirNumbersGoOn() {
    for (int i = 0; i < 9; i++) happens();
    assertThat(sweep(limits(new Limit(DAY, 4), WIDE, WIDE))).isEqualTo(5);
    assertThat(events()).containsExactly(6L, 7L, 8L, 9L);
    pass(Duration.ofHours(40));
    stop();
    start();
    sweep(limits(new Limit(DAY, 4), WIDE, WIDE));
    // The last one stays, however old: no number is given twice.
    assertThat(events()).containsExactly(9L);
    assertThat(happens().sequence()).isEqualTo(10);
  }

  @Test
  void oneThatIsStoppedGoesOnWhereItWas() throws InterruptedException {
    int all = 3_000;
    for (int i = 0; i < all; i += 100)
      at.store()
          .<Boolean>write(t -> {
            for (int j = 0; j < 100; j++)
              Events.append(t, organization, "type", "subject", "detail", wall);
            return true;
          });
    Limits limits = limits(new Limit(DAY, 10), WIDE, WIDE);
    Store dying = at.store();
    Thread sweeping =
        Thread.ofPlatform()
            .start(() -> {
              try {
                sweep(limits);
              } catch (StoreFailedException closed) {
                // That is what happens to it.
              }
            });
    dying.await(
        s -> s.rows(Tables.FORGOTTEN).last().filter(f -> f.rows() > 0), Duration.ofMinutes(2));
    dying.close();
    sweeping.join();
    start();
    assertThat(forgotten() + events().size()).isEqualTo(all);
    sweep(limits);
    assertThat(events()).hasSize(10).endsWith((long) all);
    assertThat(forgotten()).isEqualTo(all - 10);
  }

  private long forgotten() {
    return at.store()
        .state()
        .find(Tables.FORGOTTEN, Forgotten.key("events", organization.value()))
        .map(Forgotten::rows)
        .orElse(0L);
  }

  private Scan scan(RunStatus status) {
    return at.store()
        .write(t ->
            t.put(
                Tables.SCANS,
                new Scan(
                    ScanId.from(ids),
                    organization,
                    account,
                    status,
                    100,
                    List.of(),
                    List.of(),
                    Money.ZERO,
                    null,
                    wall,
                    status.isOver() ? wall : null,
                    0,
                    List.of())));
  }

  @Test
  void scansStayThatAreNewestOrUnderWayOrWhoseMetricsAreRead() {
    Scan read = scan(RunStatus.COMPLETED);
    at.store()
        .write(t ->
            t.put(
                Tables.CHUNKS,
                new Chunk(
                    Chunks.metricsPrefix(account) + "eu-west-1/volume",
                    account,
                    read.id().value(),
                    1,
                    Money.ZERO)));
    Scan running = scan(RunStatus.RUNNING);
    Scan old = scan(RunStatus.COMPLETED);
    for (int i = 0; i < 10; i++) {
      pass(Duration.ofHours(1));
      scan(RunStatus.FAILED);
    }
    pass(Duration.ofDays(5));
    assertThat(sweep(limits(WIDE, WIDE, new Limit(DAY, 1_000)))).isEqualTo(1);
    State state = at.store().state();
    assertThat(state.find(Tables.SCANS, old.id().value())).isEmpty();
    assertThat(state.find(Tables.SCANS, read.id().value())).isPresent();
    assertThat(state.find(Tables.SCANS, running.id().value())).isPresent();
    assertThat(state.rows(Tables.SCANS).size()).isEqualTo(12);
  }

  /** A scan that a finding names. */
  private Scan named(Finding.State how) {
    Scan scan = scan(RunStatus.COMPLETED);
    at.store()
        .write(t ->
            t.put(
                Tables.FINDINGS,
                new Finding(
                    FindingId.from(ids),
                    organization,
                    account,
                    scan.id(),
                    "idle_volume",
                    "volume",
                    "eu-west-1",
                    "vol-1",
                    null,
                    how,
                    Money.ZERO,
                    Finding.Confidence.HIGH,
                    Map.of(),
                    "book",
                    1,
                    wall,
                    wall,
                    how == Finding.State.RESOLVED ? wall : null,
                    null,
                    null,
                    null)));
    return scan;
  }

  @Test
  void aScanStaysForAsLongAsAFindingNamesIt() {
    Scan open = named(Finding.State.OPEN);
    Scan resolved = named(Finding.State.RESOLVED);
    List<Scan> others =
        List.of(
            named(Finding.State.DISMISSED),
            named(Finding.State.EXEMPT),
            named(Finding.State.UNOBSERVED));
    for (int i = 0; i < 10; i++) {
      pass(Duration.ofHours(1));
      scan(RunStatus.COMPLETED);
    }
    pass(Duration.ofDays(5));
    // Neither age nor number takes it.
    assertThat(sweep(limits(WIDE, WIDE, new Limit(DAY, 10)))).isZero();
    assertThat(isKept(open) && isKept(resolved)).isTrue();
    at.store()
        .<Boolean>write(t -> {
          t.rows(Tables.FINDINGS)
              .where("scan", open.id().value())
              .toList()
              .forEach(f -> t.remove(Tables.FINDINGS, f.id().value()));
          return true;
        });
    Limit day = new Limit(DAY, 1_000);
    // With the finding that is forgotten goes its scan.
    assertThat(
            sweep((table, keep) -> table == Tables.SCANS || table == Tables.FINDINGS ? day : WIDE))
        .isEqualTo(3);
    assertThat(isKept(open) || isKept(resolved)).isFalse();
    assertThat(others).allMatch(this::isKept);
  }

  private boolean isKept(Scan scan) {
    return at.store().state().find(Tables.SCANS, scan.id().value()).isPresent();
  }

  @Test
  void theLogOfTheClockIsBoundedToo() {
    Limits small = (table, keep) -> new Limit(DAY, 9);
    pass(Duration.ofDays(6));
    sweep(small);
    assertThat(at.store().state().rows(Tables.CLOCK).size()).isBetween(4, 7);
    use("a");
    pass(Duration.ofHours(31));
    sweep(small);
    assertThat(knows("a")).isFalse();
  }
}
