package dev.steward.app;

import dev.steward.domain.governance.audit.AuditChain;
import dev.steward.model.Ids;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Secrets;
import dev.steward.storage.State;
import dev.steward.storage.StoreOpenException;
import dev.steward.storage.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "verify",
    description = {
      "Checks a stopped installation: every file, row, body, blob and audit chain, and the key.",
      "Changes nothing. Ends with status 1 if something is damaged, and says what."
    },
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  @Option(
      names = "--data-folder",
      defaultValue = "data/steward",
      description = "the installation (${DEFAULT-VALUE})")
  private Path folder = Path.of("");

  @Option(
      names = "--data-key-file",
      description = "its master key; the default is master.key in the data folder")
  private @Nullable Path keyFile;

  @Option(
      names = "--audit-witness-file",
      description =
          "the witness of its audit chains; the default is audit.witness in the data folder")
  private @Nullable Path witnessFile;

  @Override
  public Integer call() {
    if (!Files.exists(folder.resolve("state")))
      throw new StartException("there is no installation in " + folder);
    Verification result = Verification.of(folder, List.of(this::chains, this::key));
    result.counted().forEach(line -> System.out.println("  " + line));
    result.faults().forEach(fault -> System.out.println("  DAMAGED: " + fault));
    System.out.println(
        result.faults().isEmpty()
            ? folder + ": whole"
            : folder + ": DAMAGED. Keep a copy as it is, and restore the newest backup elsewhere");
    return result.faults().isEmpty() ? 0 : 1;
  }

  private List<String> chains(State state) {
    List<String> faults = new ArrayList<>();
    for (AuditChain.Proof chain : AuditProofs.of(state, folder, master(), witnessFile).chains())
      for (String fault : chain.faults())
        faults.add("the audit chain of " + chain.organization() + ": " + fault);
    return faults;
  }

  private Path keyFile() {
    return keyFile == null ? folder.resolve("master.key") : keyFile;
  }

  /** Without the key hashes are what is left to look at; that it is missing is told once. */
  private @Nullable MasterKey master() {
    try {
      return MasterKey.at(keyFile(), true);
    } catch (StoreOpenException e) {
      return null;
    }
  }

  private List<String> key(State state) {
    try {
      new Secrets(MasterKey.at(keyFile(), true), Ids.random()).requireSameKey(state);
      return List.of();
    } catch (StoreOpenException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }
}
