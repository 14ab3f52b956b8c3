package dev.steward.app;

import dev.steward.storage.StoreOpenException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code steward} command line. */
@Command(
    name = "steward",
    description = "Looks after AWS accounts.",
    mixinStandardHelpOptions = true,
    subcommands = {
      UpCommand.class,
      DemoCommand.class,
      RehearseCommand.class,
      ArchiveCommands.Backup.class,
      ArchiveCommands.Restore.class,
      ArchiveCommands.Export.class,
      AuditCommand.class,
      VerifyCommand.class
    })
public final class Main implements Callable<Integer> {
  @Override
  public Integer call() {
    CommandLine.usage(this, System.out);
    return 0;
  }

  public static void main(String[] arguments) {
    // Whatever a command prints is its own; without this a library's first word would be DEBUG.
    Logs.toConsole("warn");
    int status = commandLine().execute(arguments);
    // The store's and Temporal's threads must not keep a failed start alive.
    System.exit(status);
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    for (String name : new String[] {"up", "demo", "rehearse"}) {
      CommandLine command = line.getSubcommands().get(name);
      if (command == null) throw new IllegalStateException("no command " + name);
      CommonOptions.addTo(command);
    }
    line.setExecutionExceptionHandler(Main::explain);
    return line;
  }

  /**
   * What an operator can do something about is told in a sentence; anything else is a bug and shows
   * where it is.
   */
  private static int explain(
      Exception thrown, CommandLine command, CommandLine.ParseResult parsed) {
    if (thrown instanceof Settings.InvalidException invalid) {
      System.err.println("steward: the configuration is not valid:");
      invalid.errors().forEach(line -> System.err.println("  " + line));
      return 2;
    }
    if (thrown instanceof StartException || thrown instanceof StoreOpenException) {
      System.err.println("steward: " + thrown.getMessage());
      return 1;
    }
    thrown.printStackTrace();
    return 70;
  }
}
