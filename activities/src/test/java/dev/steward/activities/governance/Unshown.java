package dev.steward.activities.governance;

import dev.steward.estate.Loss;
import java.util.Map;

/** Losses that a world states and does not show, because the emulated AWS cannot. */
final class Unshown {
  /** How what approvers read begins, and why no describe call of the emulator differs. */
  private static final Map<String, String> WHY =
      Map.of(
          "its launch time is that of the last start",
          "moto keeps the time of the first launch, and tells no reason once it runs again",
          "AWS chooses anew in which of its zones",
          "moto knows one zone of a database, and restores it there",
          "where its region encrypts by default",
          "it does not; MadeEncryptedTest has regions that do",
          "where " + Worlds.COPY_REGION,
          "it does not; MadeEncryptedTest has regions that do");

  private Unshown() {}

  static boolean is(Loss loss) {
    return WHY.keySet().stream().anyMatch(loss.says()::startsWith);
  }
}
