package dev.steward.aws;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * Keeps the calls of this process to one (account, region, service) under what AWS allows. Halves
 * its rate when AWS throttles and wins it back by a twentieth with each answer (additive increase,
 * multiplicative decrease). Nothing but throttling slows it down. Calls that somebody waits for go
 * before those that read whole accounts.
 */
public final class CallLimiter {
  private static final double SLOWEST = 0.5;

  /** Waiting for one's turn is getting on, and tells the {@link Pulse} so. */
  private static final Duration SLICE = Duration.ofSeconds(10);

  /**
   * How much faster than the others a service may be asked. S3 takes thousands of requests a second
   * (S3 user guide, performance guidelines); EC2's buckets refill with 20 a second (EC2 API
   * reference, request throttling), and STS takes 600 a second (IAM user guide, IAM and AWS STS
   * quotas).
   */
  private static final Map<String, Double> FASTER = Map.of("S3", 5.0, "Sts", 5.0);

  /** Bulk calls a second, all together, while somebody waits; however fast each may go. */
  private static final double MEANWHILE = 20;

  /** A rested service takes so many seconds' worth of calls at once. */
  private static final Duration KEPT = Duration.ofSeconds(1);

  private final double requestsPerSecond;
  private final Yielding yielding;
  private final Map<String, Pace> paces = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> calls = new ConcurrentHashMap<>();

  public CallLimiter(double requestsPerSecond) {
    this.requestsPerSecond = requestsPerSecond;
    this.yielding = new Yielding(Math.min(requestsPerSecond, MEANWHILE), System::nanoTime);
  }

  /** Calls sent so far, by service. */
  public Map<String, Long> calls() {
    Map<String, Long> counts = new TreeMap<>();
    calls.forEach((service, count) -> counts.put(service, count.get()));
    return counts;
  }

  /**
   * The lane of one service in one account and region.
   *
   * @param service as the SDK calls it: Ec2, S3, …
   */
  Lane lane(String account, String region, String service, Rank rank) {
    return new Lane(
        account + "/" + region + "/" + service,
        service,
        rank,
        requestsPerSecond * FASTER.getOrDefault(service, 1.0));
  }

  /** Calls that share one rate. */
  final class Lane {
    private final String service;
    private final Rank rank;
    private final double fastest;
    private final Pace pace;

    private Lane(String key, String service, Rank rank, double fastest) {
      this.service = service;
      this.rank = rank;
      this.fastest = fastest;
      this.pace = paces.computeIfAbsent(key, k -> new Pace(fastest, KEPT, System::nanoTime));
    }

    /** Waits for the turn of the next call, as long as somebody waits for its answer. */
    void await() {
      try {
        if (rank == Rank.INTERACTIVE) yielding.hurried();
        else yielding.bulk();
        Pulse.step();
        while (!pace.tryAcquire(rank, SLICE)) Pulse.step();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw AbortedException.create("interrupted while waiting for a turn");
      }
      calls.computeIfAbsent(service, s -> new AtomicLong()).incrementAndGet();
    }

    /** Calls a second. */
    double rate() {
      return pace.rate();
    }

    /** A call was answered. */
    void answered() {
      over();
      double rate = pace.rate();
      if (rate < fastest) pace.rate(Math.min(fastest, rate + fastest / 20));
    }

    /** A call failed. */
    void failed(Throwable how) {
      over();
      if (AwsError.of(how) == AwsError.THROTTLED) pace.rate(Math.max(SLOWEST, pace.rate() / 2));
    }

    /** Its next call is not far. */
    private void over() {
      if (rank == Rank.INTERACTIVE) yielding.hurried();
    }
  }
}
