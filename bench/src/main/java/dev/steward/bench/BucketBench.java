package dev.steward.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.testing.ApiClient;
import dev.steward.testing.Customer;
import dev.steward.testing.Emulator;
import dev.steward.testing.Fault;
import dev.steward.testing.FaultProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Discovery of 400 buckets while S3 takes 60 ms to answer: seconds and calls. With the rate that an
 * installation has by itself.
 */
final class BucketBench implements Main.Benchmark {
  private static final int BUCKETS = 400;
  private static final Duration LATENCY = Duration.ofMillis(60);

  @Override
  public void run() throws Exception {
    Path folder = Files.createTempDirectory("steward-bench");
    try (Emulator emulator = Emulator.start();
        FaultProxy proxy = FaultProxy.before(emulator.endpoint());
        Customer customer = new Customer(emulator.endpoint(), "600000000002")) {
      S3Client s3 = customer.client("us-east-1", S3Client.class, S3Client::builder);
      for (int i = 0; i < BUCKETS; i++) {
        String bucket = String.format(Locale.ROOT, "bench-%03d-%s", i, customer.account());
        s3.createBucket(r -> r.bucket(bucket));
      }
      try (Launched platform =
          Launched.before(proxy.endpoint(), folder, Map.of("aws-requests-per-second", "20"))) {
        measure(proxy, customer, platform.as("test"));
      }
    }
    Measurements.delete(folder);
  }

  private static void measure(FaultProxy proxy, Customer customer, ApiClient user)
      throws Exception {
    String account = DiscoveryBench.connect(customer, user);
    proxy.when(call -> call.service().equals("s3"), new Fault.Delay(LATENCY));
    proxy.forgetCalls();
    user.post("/onboarding/" + account + "/rediscover", null).ok();
    String path = "/onboarding/" + account + "/discovery";
    Launched.await(user, path, d -> d.path("status").asText().equals("running"));
    JsonNode discovery = Launched.await(user, path, d -> d.path("finished_at").isTextual());
    System.out.printf(
        Locale.ROOT,
        "%d buckets, S3 answers after %d ms: discovery %.1f s, %,d calls to S3%n",
        BUCKETS,
        LATENCY.toMillis(),
        DiscoveryBench.seconds(discovery),
        proxy.calls().stream().filter(c -> c.service().equals("s3")).count());
  }
}
