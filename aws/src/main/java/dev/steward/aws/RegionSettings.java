package dev.steward.aws;

import dev.steward.estate.RegionSetting;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;

/** Asks a region what it sets for all resources of a kind. */
public final class RegionSettings {
  private RegionSettings() {}

  /**
   * What it is set to, or {@link RegionSetting#NONE}.
   *
   * @throws SdkException what AWS answers
   */
  public static String ask(RegionClients clients, RegionSetting setting) {
    Object isSet = Answers.at(setting.isSet(), clients.call(setting.whether(), Map.of()));
    if (!Boolean.TRUE.equals(isSet)) return RegionSetting.NONE;
    return String.valueOf(Answers.at(setting.value(), clients.call(setting.what(), Map.of())));
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
