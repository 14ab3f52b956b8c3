package dev.steward.aws;

import dev.steward.estate.RegionSetting;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** Asks a region what it sets for all resources of a kind. */
public final class RegionSettings {
  private RegionSettings() {}

  /**
   * What it is set to, or {@link RegionSetting#NONE}; null where the answer leaves it open.
   *
   * @throws SdkException what AWS answers
   */
  public static @Nullable String ask(RegionClients clients, RegionSetting setting) {
    Object isSet = Answers.at(setting.isSet(), clients.call(setting.whether(), Map.of()));
    if (!(isSet instanceof Boolean set)) return null;
    return set
        ? Answers.text(Answers.at(setting.value(), clients.call(setting.what(), Map.of())))
        : RegionSetting.NONE;
  }

  /**
   * Null where AWS does not say: then it is unknown, and no listing fails for it.
   *
   * @throws SdkException where AWS may answer later
   */
  static @Nullable String told(RegionClients clients, RegionSetting setting) {
    try {
      return ask(clients, setting);
    } catch (SdkException e) {
      if (AwsError.of(e).passes()) throw e;
      return null;
    }
  }
}
