package dev.steward.bench.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Looks for what was planted in everything that was written: state, journal, histories, logs. */
final class PlantedSecrets {
  private PlantedSecrets() {}

  /** Where one of them stands, plainly or in Base64; the secrets themselves are not told. */
  static List<String> found(Path folder, List<String> planted) throws IOException {
    List<String> found = new ArrayList<>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        // One character a byte, so that any file can be searched as text.
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < planted.size(); i++)
          for (String form : forms(planted.get(i)))
            if (text.contains(form)) found.add("secret " + i + " in " + folder.relativize(file));
      }
    }
    return found;
  }

  /** Base64 depends on where in a group of three the secret begins; the ends are left out. */
  private static List<String> forms(String secret) {
    List<String> forms = new ArrayList<>(List.of(secret));
    for (int shift = 0; shift < 3; shift++) {
      String coded =
          Base64.getEncoder()
              .withoutPadding()
              .encodeToString((" ".repeat(shift) + secret).getBytes(StandardCharsets.UTF_8));
      forms.add(coded.substring(shift == 0 ? 0 : 4, coded.length() - 4));
    }
    return forms;
  }
}
