package dev.steward.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Json;
import dev.steward.storage.Blobs;
import dev.steward.storage.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "audit",
    description = "Works on the audit chains.",
    subcommands = AuditCommand.Verify.class,
    mixinStandardHelpOptions = true)
final class AuditCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(System.out);
    return 2;
  }

  @Command(
      name = "verify",
      description = {
        "Checks the audit chain of every organization, of a running installation too.",
        "Ends with status 1 if an entry is missing, changed or out of order, and says which."
      },
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {
    @Option(
        names = "--data-folder",
        defaultValue = "data/steward",
        description = "of the installation, which may run (${DEFAULT-VALUE})")
    private Path folder = Path.of("");

    @Option(
        names = "--admin-port",
        defaultValue = "8001",
        description = "its admin port, if it runs (${DEFAULT-VALUE})")
    private int adminPort;

    @Override
    public Integer call() throws IOException, InterruptedException {
      boolean holds = true;
      for (JsonNode chain : proofs().path("chains")) {
        JsonNode faults = chain.path("faults");
        System.out.println(
            chain.path("organization").asText()
                + ": "
                + chain.path("entries").asLong()
                + " entries, "
                + chain.path("anchors").asInt()
                + " anchors, head "
                + chain.path("head").asText()
                + (faults.isEmpty() ? ": whole" : ": BROKEN"));
        for (JsonNode fault : faults) System.out.println("  " + fault.asText());
        holds &= faults.isEmpty();
      }
      return holds ? 0 : 1;
    }

    private JsonNode proofs() throws IOException, InterruptedException {
      return new RunningInstallation(folder, adminPort)
          .ask("GET", "/audit/verify")
          .orElseGet(this::stopped);
    }

    private JsonNode stopped() {
      if (!Files.exists(folder.resolve("state")))
        throw new StartException("there is no installation in " + folder);
      try (Store store = Store.open(folder)) {
        return Json.MAPPER.valueToTree(
            AuditProofs.of(store.state(), new Blobs(folder.resolve("blobs"))));
      }
    }
  }
}
