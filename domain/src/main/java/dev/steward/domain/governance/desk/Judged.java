package dev.steward.domain.governance.desk;

/** What the policies said of a case. Within a write it holds only for the same case. */
public final class Judged<R> {
  private final Case judged;
  private final R answer;

  Judged(Case judged, R answer) {
    this.judged = judged;
    this.answer = answer;
  }

  /**
   * The answer, for what is there now.
   *
   * @throws OvertakenException if what was judged is not what is there now
   */
  R of(Case now) {
    if (!now.isStill(judged)) throw new OvertakenException();
    return answer;
  }
}
