package dev.steward.activities.aws;

import com.google.common.util.concurrent.RateLimiter;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * Keeps the calls of this process to one (account, region, service) under what AWS allows. Halves
 * its rate when AWS throttles and wins it back by a twentieth with each answer (additive increase,
 * multiplicative decrease). Nothing but throttling slows it down.
 */
public final class CallLimiter {
  private static final double SLOWEST = 0.5;

  /** Waiting for one's turn is getting on, and tells the {@link Pulse} so. */
  private static final Duration SLICE = Duration.ofSeconds(10);

  /**
   * How much faster than the others a service may be asked. S3 takes thousands of requests a second
   * (S3 user guide, performance guidelines); EC2's buckets refill with 20 a second (EC2 API
   * reference, request throttling).
   */
  private static final Map<String, Double> FASTER = Map.of("S3", 5.0);

  private final double requestsPerSecond;
  private final Map<String, RateLimiter> limiters = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> calls = new ConcurrentHashMap<>();

  public CallLimiter(double requestsPerSecond) {
    this.requestsPerSecond = requestsPerSecond;
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
  Lane lane(String account, String region, String service) {
    return new Lane(
        account + "/" + region + "/" + service,
        service,
        requestsPerSecond * FASTER.getOrDefault(service, 1.0));
  }

  /** Calls that share one rate. */
  final class Lane {
    private final String service;
    private final double fastest;
    private final RateLimiter limiter;

    private Lane(String key, String service, double fastest) {
      this.service = service;
      this.fastest = fastest;
      this.limiter = limiters.computeIfAbsent(key, k -> RateLimiter.create(fastest));
    }

    /** Waits for the turn of the next call, as long as somebody waits for its answer. */
    void await() {
      Pulse.step();
      while (!limiter.tryAcquire(SLICE)) {
        pause();
        Pulse.step();
      }
      calls.computeIfAbsent(service, s -> new AtomicLong()).incrementAndGet();
    }

    private static void pause() {
      try {
        TimeUnit.SECONDS.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw AbortedException.create("interrupted while waiting for a turn");
      }
    }

    /** Calls a second. */
    double rate() {
      return limiter.getRate();
    }

    /** A call was answered. */
    void answered() {
      double rate = limiter.getRate();
      if (rate < fastest) limiter.setRate(Math.min(fastest, rate + fastest / 20));
    }

    /** A call failed. */
    void failed(Throwable how) {
      if (AwsError.of(how) == AwsError.THROTTLED)
        limiter.setRate(Math.max(SLOWEST, limiter.getRate() / 2));
    }
  }
}
