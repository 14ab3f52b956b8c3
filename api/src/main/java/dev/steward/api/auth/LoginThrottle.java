package dev.steward.api.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Slows down guessing: after some failures a name is refused for a while, and so is an address. */
final class LoginThrottle {
  static final int PER_NAME = 5;
  static final int PER_ADDRESS = 50;
  static final Duration WINDOW = Duration.ofMinutes(5);

  private final Cache<String, AtomicInteger> failures =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(WINDOW).build();

  boolean refuses(String name, String address) {
    return count("name " + name.toLowerCase(Locale.ROOT)) >= PER_NAME
        || count("address " + address) >= PER_ADDRESS;
  }

  void failed(String name, String address) {
    add("name " + name.toLowerCase(Locale.ROOT));
    add("address " + address);
  }

  void succeeded(String name) {
    failures.invalidate("name " + name.toLowerCase(Locale.ROOT));
  }

  private int count(String key) {
    AtomicInteger count = failures.getIfPresent(key);
    return count == null ? 0 : count.get();
  }

  private void add(String key) {
    failures.get(key, k -> new AtomicInteger()).incrementAndGet();
  }
}
