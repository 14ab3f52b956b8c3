package dev.steward.app;

import java.time.Duration;

/** How long to wait before a server is started again that does not stay. */
final class Restarts {
  static final Duration FIRST = Duration.ofMillis(100);
  static final Duration LONGEST = Duration.ofSeconds(30);

  /** What has run for so long got past its start, and may be started again at once. */
  static final Duration SOUND = Duration.ofSeconds(10);

  private int inARow;
  private Duration pause = Duration.ZERO;

  /**
   * Counts an end.
   *
   * @return whether the pause is another than it was, which is worth a line in the log
   */
  boolean ended(Duration ran) {
    Duration before = pause;
    if (ran.compareTo(SOUND) >= 0) inARow = 0;
    inARow++;
    pause = FIRST;
    for (int i = 1; i < inARow && pause.compareTo(LONGEST) < 0; i++) pause = pause.multipliedBy(2);
    if (pause.compareTo(LONGEST) > 0) pause = LONGEST;
    return inARow == 1 || !pause.equals(before);
  }

  int inARow() {
    return inARow;
  }

  Duration pause() {
    return pause;
  }
}
