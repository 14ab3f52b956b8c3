package dev.steward.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
  private static final Path NONE = Path.of("none");

  @TempDir Path folder;

  @Test
  void takesOptionsBeforeEnvironmentBeforeFileBeforeDefaults() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("steward.yaml"), "http:\n  port: 1\n  host: file\nadmin.port: 11\n");
    Settings settings =
        Settings.load(
            file,
            Map.of("STEWARD_HTTP_PORT", "2", "STEWARD_ADMIN_PORT", "22"),
            Map.of("http.port", "3"));
    assertThat(settings.number(Setting.HTTP_PORT)).isEqualTo(3);
    assertThat(settings.number(Setting.ADMIN_PORT)).isEqualTo(22);
    assertThat(settings.text(Setting.HTTP_HOST)).isEqualTo("file");
    assertThat(settings.number(Setting.TEMPORAL_PORT)).isEqualTo(7233);
  }

  @Test
  void tellsEverythingThatIsWrongAtOnceWithSuggestions() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("steward.yaml"), "http:\n  prot: 1\ntemporal:\n  tls: maybe\n");
    assertThatThrownBy(() ->
            Settings.load(
                file,
                Map.of("STEWARD_HTP_PORT", "1"),
                Map.of("admin.port", "eighty", "log.level", "loud")))
        .isInstanceOfSatisfying(
            Settings.InvalidException.class,
            e ->
                assertThat(e.errors())
                    .hasSize(5)
                    .anyMatch(m -> m.contains("http.prot; did you mean http.port?"))
                    .anyMatch(m -> m.contains("STEWARD_HTP_PORT; did you mean STEWARD_HTTP_PORT?"))
                    .anyMatch(m -> m.contains("temporal.tls must be true or false"))
                    .anyMatch(m -> m.contains("admin.port must be a whole number"))
                    .anyMatch(m -> m.contains("log.level")));
  }

  @Test
  void saysWhereAFileIsBroken() throws IOException {
    Path file = Files.writeString(folder.resolve("steward.yaml"), "http:\n  port: [1\n");
    assertThatThrownBy(() -> Settings.load(file, Map.of(), Map.of()))
        .isInstanceOf(Settings.InvalidException.class)
        .hasMessageContaining("line");
  }

  @Test
  void honoursTheEndpointOfTheAwsTools() {
    assertThat(
            Settings.load(NONE, Map.of("AWS_ENDPOINT_URL", "http://localhost:4566"), Map.of())
                .text(Setting.AWS_ENDPOINT))
        .isEqualTo("http://localhost:4566");
  }

  @Test
  void masksSecrets() {
    assertThat(Settings.load(NONE, Map.of(), Map.of("temporal.api-key", "hush")).shown())
        .containsEntry("temporal.api-key", "(set)");
  }

  @Test
  void theDocumentationTellsEverySetting() throws IOException {
    String page = Files.readString(Path.of("../docs/configuration.md"));
    for (Setting setting : Setting.ALL) {
      String standard = setting.standard().isEmpty() ? "" : "`" + setting.standard() + "`";
      assertThat(page)
          .contains(
              "| `"
                  + setting.key()
                  + "` | `"
                  + setting.option()
                  + "` | `"
                  + setting.variable()
                  + "` | "
                  + standard
                  + " | "
                  + setting.meaning()
                  + " |");
    }
  }
}
