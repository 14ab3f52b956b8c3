package dev.steward.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * The settings in force: options before environment before file before defaults. Everything wrong
 * is told at once.
 */
final class Settings {
  private final Map<String, String> values;

  private Settings(Map<String, String> values) {
    this.values = values;
  }

  /** Not one but all reasons why the program cannot start with these settings. */
  static final class InvalidException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final List<String> errors;

    InvalidException(List<String> errors) {
      super(String.join("; ", errors));
      this.errors = List.copyOf(errors);
    }

    List<String> errors() {
      return errors;
    }
  }

  /**
   * @param file read when it exists
   * @param options by key
   */
  static Settings load(Path file, Map<String, String> environment, Map<String, String> options) {
    List<String> errors = new ArrayList<>();
    Map<String, String> merged = new HashMap<>();
    for (Setting setting : Setting.ALL) merged.put(setting.key(), setting.standard());
    fromFile(file, errors)
        .forEach((key, value) -> {
          if (merged.containsKey(key)) merged.put(key, value);
          else errors.add(file + ": there is no setting " + key + suggestion(key));
        });
    fromEnvironment(environment, merged, errors);
    merged.putAll(options);
    for (Setting setting : Setting.ALL) {
      String value = merged.getOrDefault(setting.key(), "");
      setting
          .wrong(value)
          .ifPresent(why ->
              errors.add(
                  setting.key()
                      + " "
                      + why
                      + (setting.secret() ? "" : ", and is '" + value + "'")));
    }
    if (!errors.isEmpty()) throw new InvalidException(errors);
    return new Settings(merged);
  }

  private static Map<String, String> fromFile(Path file, List<String> errors) {
    if (!Files.exists(file)) return Map.of();
    Map<String, String> flat = new LinkedHashMap<>();
    try {
      flatten("", new YAMLMapper().readTree(file.toFile()), flat);
    } catch (JsonProcessingException e) {
      errors.add(file + ": line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      errors.add(file + " cannot be read: " + e.getMessage());
    }
    return flat;
  }

  private static void flatten(String prefix, JsonNode node, Map<String, String> flat) {
    if (node.isObject())
      node.properties()
          .forEach(e ->
              flatten(
                  prefix.isEmpty() ? e.getKey() : prefix + "." + e.getKey(), e.getValue(), flat));
    else if (!node.isMissingNode() && !node.isNull() && !prefix.isEmpty())
      flat.put(prefix, node.asText());
  }

  private static void fromEnvironment(
      Map<String, String> environment, Map<String, String> merged, List<String> errors) {
    String everyService = environment.get("AWS_ENDPOINT_URL");
    if (everyService != null) merged.put(Setting.AWS_ENDPOINT.key(), everyService);
    Map<String, String> known = new TreeMap<>();
    for (Setting setting : Setting.ALL) known.put(setting.variable(), setting.key());
    List<String> ours =
        List.of(
            "STEWARD_HOME",
            "STEWARD_TOOLS",
            "STEWARD_TEMPORAL_CLI",
            "STEWARD_EMULATOR_PYTHON",
            "STEWARD_SECOND_EMULATOR",
            "STEWARD_HEAP",
            "STEWARD_JAVA_OPTIONS",
            "STEWARD_CONFIG");
    environment.forEach((name, value) -> {
      if (known.containsKey(name)) merged.put(known.getOrDefault(name, ""), value);
      else if (name.startsWith("STEWARD_") && !ours.contains(name))
        errors.add(
            "there is no environment variable "
                + name
                + nearest(name, List.copyOf(known.keySet())));
    });
  }

  private static String suggestion(String key) {
    return nearest(key, Setting.ALL.stream().map(Setting::key).toList());
  }

  private static String nearest(String wrong, List<String> known) {
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    return known.stream()
        .min(java.util.Comparator.comparingInt(k -> distance.apply(wrong, k)))
        .filter(k -> distance.apply(wrong, k) <= Math.max(3, wrong.length() / 3))
        .map(k -> "; did you mean " + k + "?")
        .orElse("");
  }

  String text(Setting setting) {
    return values.getOrDefault(setting.key(), "");
  }

  int number(Setting setting) {
    return Integer.parseInt(text(setting));
  }

  boolean isOn(Setting setting) {
    return text(setting).equals("true");
  }

  List<String> list(Setting setting) {
    return parts(text(setting));
  }

  static List<String> parts(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  /** Every setting as it is, for the log; secrets are masked. */
  Map<String, String> shown() {
    Map<String, String> shown = new TreeMap<>();
    for (Setting setting : Setting.ALL)
      shown.put(
          setting.key(), setting.secret() && !text(setting).isEmpty() ? "(set)" : text(setting));
    return shown;
  }
}
