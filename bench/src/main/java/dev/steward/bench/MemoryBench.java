package dev.steward.bench;

import dev.steward.testing.ApiClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the memory of a process is that has been through {@link FloodBench} and has then been used
 * for {@code MEMORY_MINUTES} (5): what is resident, and what the virtual machine says it is for.
 */
final class MemoryBench implements Main.Benchmark {
  private static final int CONNECTIONS = 4;
  private static final Duration TURN = Duration.ofSeconds(2);
  private static final Duration USUAL = Duration.ofMinutes(5);

  private static final List<String> MIX =
      List.of(
          "/client/accounts",
          "/client/dashboard",
          "/waste/findings?limit=50",
          "/waste/findings?limit=500",
          "/waste/scans",
          "/openapi.json");

  /** A part of the summary of {@code VM.native_memory}, in kilobytes. */
  private static final Pattern PART =
      Pattern.compile("(?m)^-\\s+(.+?) \\(reserved=\\d+KB, committed=(\\d+)KB");

  @Override
  public void run() throws Exception {
    new FloodBench(List.of("-XX:NativeMemoryTracking=summary"), MemoryBench::use).run();
  }

  private static void use(Launched platform, ApiClient user) throws Exception {
    tell("after the flood", platform);
    String minutes = System.getenv("MEMORY_MINUTES");
    Duration time = minutes == null ? USUAL : Duration.ofMinutes(Long.parseLong(minutes));
    long end = System.nanoTime() + time.toNanos();
    Duration before = platform.used();
    long requests = 0;
    while (System.nanoTime() < end)
      for (String path : MIX)
        requests +=
            new Load(platform.url().getPort(), path, String.valueOf(user.token()))
                .run(CONNECTIONS, TURN)
                .requests();
    System.out.printf(
        Locale.ROOT,
        "%,d requests in %s, %.1f s of processor time%n",
        requests,
        time,
        platform.used().minus(before).toMillis() / 1e3);
    tell("after use", platform);
    // As the platform does by itself once nobody waits.
    platform.told("GC.run");
    tell("after a collection", platform);
  }

  private static void tell(String when, Launched platform) throws Exception {
    System.out.printf(
        Locale.ROOT, "%s: resident %,.0f MB%n", when, StartBench.rss(platform.process().pid()));
    Matcher part = PART.matcher(platform.told("VM.native_memory", "summary"));
    StringBuilder parts = new StringBuilder();
    while (part.find()) {
      long megabytes = Long.parseLong(part.group(2)) / 1_024;
      if (megabytes > 0) parts.append(' ').append(part.group(1)).append(' ').append(megabytes);
    }
    System.out.println("  committed, MB:" + parts);
    platform
        .told("GC.heap_info")
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("DefNew") || line.startsWith("Tenured"))
        .forEach(line -> System.out.println("  " + line.replaceAll("\\s*\\[.*", "")));
  }
}
