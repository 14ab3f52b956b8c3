package dev.steward.domain.governance;

import dev.steward.domain.governance.desk.AuditBook;
import dev.steward.domain.governance.desk.Witness;
import dev.steward.model.Organization;
import dev.steward.storage.MasterKey;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * The child of {@link AuditCrashTest}: adds entries for ever, says the number of each once it is
 * acknowledged, and has the witness written all the time.
 */
final class AuditWriter {
  private AuditWriter() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Store store = Store.open(folder);
    AuditBook book = new AuditBook(MasterKey.at(folder.resolve("master.key"), false));
    Witness witness = new Witness(folder.resolve(Witness.FILE));
    book.open(store, witness, Samples.NOW);
    store.write(
        t -> t.put(Tables.ORGANIZATIONS, new Organization(Samples.ORGANIZATION, "", Samples.NOW)));
    Thread.ofPlatform()
        .start(() -> {
          while (true) book.witness(store, witness, Samples.NOW);
        });
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    while (true) {
      long number =
          store
              .write(t ->
                  book.append(
                      t, Samples.ORGANIZATION, "a", "b", "c", Map.of("d", "e"), Samples.NOW))
              .sequence();
      out.write((number + "\n").getBytes(StandardCharsets.US_ASCII));
    }
  }
}
