package dev.steward.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options of every command that runs the platform, made from the table of settings. */
final class CommonOptions {
  private static final String CONFIG = "--config";

  private CommonOptions() {}

  static void addTo(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    spec.addOption(
        OptionSpec.builder(CONFIG)
            .type(Path.class)
            .paramLabel("FILE")
            .description(
                "a YAML file with settings; also STEWARD_CONFIG; the default is steward.yaml")
            .build());
    for (Setting setting : Setting.ALL) {
      String standard = setting.standard().isEmpty() ? "" : " (" + setting.standard() + ")";
      OptionSpec.Builder option =
          OptionSpec.builder(setting.option())
              .type(String.class)
              .description(setting.meaning() + standard + "; also " + setting.variable());
      // A switch may stand alone.
      if (setting.kind() == Setting.Kind.SWITCH)
        option.arity("0..1").fallbackValue("true").paramLabel("true|false");
      else option.paramLabel("VALUE");
      spec.addOption(option.build());
    }
  }

  /** Settings as given, over the command's own defaults. */
  static Settings settings(ParseResult parsed, Map<String, String> defaults) {
    Map<String, String> environment = System.getenv();
    Path file =
        parsed.matchedOptionValue(
            CONFIG, Path.of(environment.getOrDefault("STEWARD_CONFIG", "steward.yaml")));
    if (parsed.hasMatchedOption(CONFIG) && !java.nio.file.Files.exists(file))
      throw new StartException("there is no file " + file);
    Map<String, String> options = new LinkedHashMap<>();
    defaults.forEach((key, value) -> {
      boolean inEnvironment =
          Setting.ALL.stream()
              .anyMatch(s -> s.key().equals(key) && environment.containsKey(s.variable()));
      if (!inEnvironment) options.put(key, value);
    });
    for (Setting setting : Setting.ALL) {
      String given = parsed.matchedOptionValue(setting.option(), null);
      if (given != null) options.put(setting.key(), given);
    }
    return Settings.load(file, environment, options);
  }
}
