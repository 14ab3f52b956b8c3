package dev.steward.app;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "up",
    description = "Runs the platform until it is stopped.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class UpCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    long began = System.nanoTime();
    Settings settings = CommonOptions.settings(spec.commandLine().getParseResult(), Map.of());
    Logs.toConsole(settings.text(Setting.LOG_LEVEL));
    Platform platform = Platform.start(settings, Running.withProcess());
    System.out.println(
        "API       " + platform.url() + "  (documentation: " + platform.url() + "/docs)");
    System.out.println("Admin     http://127.0.0.1:" + platform.adminPort() + "/health");
    if (!platform.temporal().ui().isEmpty())
      System.out.println("Temporal  " + platform.temporal().ui());
    System.out.println("Ready in " + (System.nanoTime() - began) / 1_000_000 + " ms");
    System.out.flush();
    Thread.currentThread().join();
    return 0;
  }
}
