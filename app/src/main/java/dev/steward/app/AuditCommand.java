package dev.steward.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.model.Json;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Store;
import dev.steward.storage.StoreOpenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
        "Ends with status 1 if an entry is missing, changed, out of order or not written with the",
        "master key, and says which."
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

    @Option(
        names = "--data-key-file",
        description = "its master key, if it is stopped; the default is master.key in the folder")
    private @Nullable Path keyFile;

    @Option(
        names = "--without-key",
        description = "if it is stopped: checks by hashes alone, which a forger can make anew")
    private boolean withoutKey;

    @Option(
        names = "--audit-witness-file",
        description = "its witness, if it is stopped; the default is audit.witness in the folder")
    private @Nullable Path witnessFile;

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
                + held(chain)
                + (faults.isEmpty() ? ": whole" : ": BROKEN"));
        for (JsonNode fault : faults) System.out.println("  " + fault.asText());
        holds &= faults.isEmpty();
      }
      return holds ? 0 : 1;
    }

    /** What holds it, in words. */
    private static String held(JsonNode chain) {
      long from = chain.path("keyed_from").asLong();
      long seen = chain.path("witnessed").asLong();
      return ", "
          + (from == 0
              ? "held by hashes only"
              : "keyed from entry "
                  + from
                  + (chain.path("key_checked").asBoolean() ? "" : " (not checked: no key)"))
          + (seen == 0 ? ", no witness" : ", witnessed up to entry " + seen);
    }

    private JsonNode proofs() throws IOException, InterruptedException {
      return new RunningInstallation(folder, adminPort)
          .ask("GET", "/audit/verify")
          .orElseGet(this::stopped);
    }

    private JsonNode stopped() {
      if (!Files.exists(folder.resolve("state")))
        throw new StartException("there is no installation in " + folder);
      MasterKey master = withoutKey ? null : master();
      try (Store store = Store.open(folder)) {
        return Json.MAPPER.valueToTree(AuditProofs.of(store.state(), folder, master, witnessFile));
      }
    }

    private MasterKey master() {
      try {
        return MasterKey.at(keyFile == null ? folder.resolve("master.key") : keyFile, true);
      } catch (StoreOpenException e) {
        throw new StartException(
            e.getMessage() + "; --without-key checks by hashes alone, which a forger can make anew",
            e);
      }
    }
  }
}
