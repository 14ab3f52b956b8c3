package dev.steward.app;

import dev.steward.testing.Customer;
import dev.steward.testing.Emulator;
import dev.steward.testing.Estate;
import dev.steward.testing.FaultProxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "demo",
    description = "Connects, discovers, scans and changes an emulated AWS account, then stays up.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {
  static final String CUSTOMER = "222233334444";

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Option(names = "--exit", description = "end after the job, with status 0 if its result is right")
  private boolean exit;

  @Option(
      names = "--scale",
      defaultValue = "1",
      description = "how large the estate is; 1 is about 300 resources (${DEFAULT-VALUE})")
  private int scale;

  @Override
  public Integer call() throws Exception {
    Settings given =
        CommonOptions.settings(
            spec.commandLine().getParseResult(),
            Map.of(Setting.DATA_FOLDER.key(), "data/demo", Setting.DEMO_USERS.key(), "true"));
    Path log = Path.of(given.text(Setting.DATA_FOLDER)).resolve("log/steward.log");
    Logs.toFile(log, given.text(Setting.LOG_LEVEL));
    System.out.println("Steward demo: an emulated AWS account " + CUSTOMER + "; the log is " + log);
    Running running = Running.withProcess();
    Emulator emulator = running.add(Emulator.start());
    FaultProxy proxy = running.add(FaultProxy.before(emulator.endpoint()));
    Customer customer = running.add(new Customer(emulator.endpoint(), CUSTOMER));
    Estate estate = build(customer);
    asPlatform();
    Settings settings =
        CommonOptions.settings(
            spec.commandLine().getParseResult(),
            Map.of(
                Setting.DATA_FOLDER.key(),
                "data/demo",
                Setting.DEMO_USERS.key(),
                "true",
                Setting.AWS_ENDPOINT.key(),
                proxy.endpoint().toString()));
    Platform platform = Platform.start(settings, running);
    boolean right = new MainJob(platform, customer, estate).run();
    if (exit) return right ? 0 : 1;
    stayUp(platform);
    return 0;
  }

  private Estate build(Customer customer) {
    try (ProgressBar bar = MainJob.bar("Building the estate", Estate.REGIONS.size() * 3L)) {
      return Estate.build(customer, Instant.now(), scale, bar::step);
    }
  }

  /** The emulator takes keys of this kind for the platform's own. */
  private static void asPlatform() {
    System.setProperty("aws.accessKeyId", "PLATFORMdemo");
    System.setProperty("aws.secretAccessKey", "emulated");
  }

  private static void stayUp(Platform platform) throws InterruptedException {
    System.out.println();
    System.out.println(
        "API docs     "
            + platform.url()
            + "/docs   (users test/test, client/client, approver/approver, lead/lead, admin/admin)");
    System.out.println("Temporal UI  " + platform.temporal().ui());
    System.out.println("Health       http://127.0.0.1:" + platform.adminPort() + "/health");
    System.out.println("Try:");
    System.out.println(
        "  curl -X POST "
            + platform.url()
            + "/api/auth/login -d '{\"username\":\"test\", \"password\":\"test\"}'");
    System.out.println("Press Ctrl-C to stop.");
    Thread.currentThread().join();
  }
}
