package dev.steward.activities.aws;

import com.google.common.util.concurrent.RateLimiter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Keeps the calls of this process to one (account, region, service) under what AWS allows. Halves
 * its rate when AWS throttles and wins it back by a twentieth with each answer (additive increase,
 * multiplicative decrease).
 */
public final class CallLimiter {
  private static final double SLOWEST = 0.5;
  private final double fastest;
  private final Map<String, RateLimiter> limiters = new ConcurrentHashMap<>();
  private final Map<String, AtomicLong> calls = new ConcurrentHashMap<>();

  public CallLimiter(double requestsPerSecond) {
    this.fastest = requestsPerSecond;
  }

  /** Calls sent so far, by service. */
  public Map<String, Long> calls() {
    Map<String, Long> counts = new java.util.TreeMap<>();
    calls.forEach((service, count) -> counts.put(service, count.get()));
    return counts;
  }

  ExecutionInterceptor of(String account) {
    return new Interceptor(account);
  }

  void slower(String key) {
    RateLimiter limiter = limiter(key);
    limiter.setRate(Math.max(SLOWEST, limiter.getRate() / 2));
  }

  void faster(String key) {
    RateLimiter limiter = limiter(key);
    double rate = limiter.getRate();
    if (rate < fastest) limiter.setRate(Math.min(fastest, rate + fastest / 20));
  }

  private RateLimiter limiter(String key) {
    return limiters.computeIfAbsent(key, k -> RateLimiter.create(fastest));
  }

  private final class Interceptor implements ExecutionInterceptor {
    private final String account;

    Interceptor(String account) {
      this.account = account;
    }

    private String key(ExecutionAttributes attributes) {
      return account
          + "/"
          + attributes.getAttribute(AwsExecutionAttribute.AWS_REGION)
          + "/"
          + attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
    }

    /** Before each attempt, so that the SDK's own retries are limited too. */
    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      limiter(key(attributes)).acquire();
      calls
          .computeIfAbsent(
              attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME), s -> new AtomicLong())
          .incrementAndGet();
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
      faster(key(attributes));
    }

    @Override
    public void onExecutionFailure(
        Context.FailedExecution context, ExecutionAttributes attributes) {
      if (AwsError.of(context.exception()) == AwsError.THROTTLED) slower(key(attributes));
    }
  }
}
