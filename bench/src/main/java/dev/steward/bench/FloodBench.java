package dev.steward.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.testing.ApiClient;
import dev.steward.testing.AwsCall;
import dev.steward.testing.Customer;
import dev.steward.testing.Emulator;
import dev.steward.testing.Fault;
import dev.steward.testing.FaultProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Discovery and scan of an account with 50,000 snapshots in one region: processor time of the
 * platform. The emulator would take minutes to make them, so that their pages are written here, as
 * EC2 writes them; everything else is the emulator's.
 */
final class FloodBench implements Main.Benchmark {
  private static final int SNAPSHOTS = 50_000;
  private static final int PAGE = 1_000;
  private static final String REGION = "eu-west-1";

  /** The discoveries and scans: the first finds all, the second finds all again. */
  private static final int RUNS = 2;

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  /** Goes on with a platform that has been through it. */
  @FunctionalInterface
  interface Afterwards {
    void with(Launched platform, ApiClient user) throws Exception;
  }

  private final List<String> jvm;
  private final Afterwards afterwards;

  FloodBench() {
    this(List.of(), (platform, user) -> {});
  }

  /**
   * @param jvm options of the platform's virtual machine
   */
  FloodBench(List<String> jvm, Afterwards afterwards) {
    this.jvm = List.copyOf(jvm);
    this.afterwards = afterwards;
  }

  @Override
  public void run() throws Exception {
    Path folder = Files.createTempDirectory("steward-bench");
    try (Emulator emulator = Emulator.start();
        FaultProxy proxy = FaultProxy.before(emulator.endpoint());
        Customer customer = new Customer(emulator.endpoint(), "600000000003")) {
      proxy.when(
          call -> call.region().equals(REGION) && call.action().equals("DescribeSnapshots"),
          new Fault.Answer(call -> page(call, customer.account())));
      proxy.when(
          call -> call.region().equals(REGION) && call.action().equals("DescribeSnapshotAttribute"),
          new Fault.Answer(call -> unshared()));
      try (Launched platform =
          Launched.of(Launched.home(), proxy.endpoint(), folder, Map.of(), jvm)) {
        ApiClient user = platform.as("test");
        Duration before = platform.used();
        String account = DiscoveryBench.connect(customer, user);
        report("first", platform, before, proxy, user, account);
        for (int run = 2; run <= RUNS; run++) {
          before = platform.used();
          proxy.forgetCalls();
          again(user, account, run);
          report("again", platform, before, proxy, user, account);
        }
        afterwards.with(platform, user);
      }
    }
    Measurements.delete(folder);
  }

  private static void again(ApiClient user, String account, int scans) throws Exception {
    user.post("/onboarding/" + account + "/rediscover", null).ok();
    Launched.await(
        user,
        "/waste/scans?account=" + account,
        s -> s.path("items").size() == scans && s.at("/items/0/finished_at").isTextual());
  }

  private static void report(
      String which,
      Launched platform,
      Duration before,
      FaultProxy proxy,
      ApiClient user,
      String account)
      throws Exception {
    Duration used = platform.used().minus(before);
    JsonNode discovery = user.get("/onboarding/" + account + "/discovery").ok();
    JsonNode scan = user.get("/waste/scans?account=" + account).ok().at("/items/0");
    long found = 0;
    for (JsonNode check : scan.path("checks")) found += check.path("waste").asLong();
    System.out.printf(
        Locale.ROOT,
        "%s: %,d resources, %,d findings: %.1f s of processor time, discovery %.1f s, scan %.1f s;"
            + " %,d calls, resident %,.0f MB%n",
        which,
        discovery.path("resources").asInt(),
        found,
        used.toMillis() / 1e3,
        DiscoveryBench.seconds(discovery),
        DiscoveryBench.seconds(scan),
        proxy.calls().size(),
        StartBench.rss(platform.process().pid()));
  }

  /** Thirty of each volume, all of which are gone; they are a day to six years old. */
  private String page(AwsCall call, String owner) {
    int from = call.page().isEmpty() ? 0 : Integer.parseInt(call.page());
    int to = Math.min(SNAPSHOTS, from + PAGE);
    StringBuilder page = new StringBuilder(PAGE * 600);
    page.append(
        "<DescribeSnapshotsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">"
            + "<requestId>flood</requestId><snapshotSet>");
    for (int i = from; i < to; i++)
      page.append(
          String.format(
              Locale.ROOT,
              "<item><snapshotId>snap-%017x</snapshotId><volumeId>vol-%017x</volumeId>"
                  + "<status>completed</status><startTime>%s</startTime><progress>100%%</progress>"
                  + "<ownerId>%s</ownerId><volumeSize>%d</volumeSize><encrypted>false</encrypted>"
                  + "<description>nightly copy %d</description><storageTier>standard</storageTier>"
                  + "<tagSet><item><key>Name</key><value>nightly-%d</value></item>"
                  + "<item><key>job</key><value>backup</value></item></tagSet></item>",
              i,
              i / 30,
              now.minus(Duration.ofHours(24 + i)),
              owner,
              8 + i % 100,
              i,
              i));
    page.append("</snapshotSet>");
    if (to < SNAPSHOTS) page.append("<nextToken>").append(to).append("</nextToken>");
    return page.append("</DescribeSnapshotsResponse>").toString();
  }

  private static String unshared() {
    return "<DescribeSnapshotAttributeResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">"
        + "<requestId>flood</requestId><createVolumePermission/>"
        + "</DescribeSnapshotAttributeResponse>";
  }
}
