package dev.steward.workflows.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.model.Json;
import dev.steward.model.StepResult;
import dev.steward.workflows.governance.ChangeActivities.Checked;
import dev.steward.workflows.governance.ChangeActivities.Cleaned;
import dev.steward.workflows.governance.ChangeActivities.Executed;
import dev.steward.workflows.governance.ChangeActivities.Held;
import dev.steward.workflows.governance.ChangeActivities.Undone;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What histories have of steps is one result each: an answer, or why there is none. */
final class StepResultsTest {
  private static <T> T told(Class<T> type, String rest) {
    String whole =
        "{\"input\":{\"change\":\"chg_sample0000\",\"organization\":\"org_sample0000\","
            + "\"account\":\"acc_sample0000\"},\"step\":1"
            + rest
            + "}";
    return Json.read(whole.getBytes(StandardCharsets.UTF_8), type);
  }

  @Test
  void whatWasNotAnsweredIsNoYes() {
    String failure = ",\"failure\":\"AWS did not answer in time\"";
    StepResult.Failed failed = new StepResult.Failed("AWS did not answer in time");
    assertThat(told(Checked.class, failure).result()).isEqualTo(failed);
    assertThat(told(Executed.class, failure).result()).isEqualTo(failed);
    assertThat(told(Undone.class, failure).result()).isEqualTo(failed);
    assertThat(told(Held.class, failure).result()).isEqualTo(failed);
    assertThat(told(Cleaned.class, failure).result()).isEqualTo(failed);
    assertThat(told(Checked.class, "").result()).isInstanceOf(StepResult.Failed.class);
  }

  @Test
  void whatDriftedIsNotDone() {
    assertThat(
            told(Checked.class, ",\"inspection\":{\"drift\":[\"a\",\"b\"],\"recipe\":{}}").result())
        .isEqualTo(new StepResult.Drifted(Map.of(), "a; b"));
    assertThat(
            told(
                    Executed.class,
                    ",\"execution\":{\"drift\":[\"a\"],\"recipe\":{},\"detail\":\"why\"}")
                .result())
        .isEqualTo(new StepResult.Drifted(Map.of(), "why"));
    assertThat(
            told(
                    Executed.class,
                    ",\"execution\":{\"drift\":[],\"recipe\":{\"id\":\"x\"},\"detail\":\"how\"}")
                .result())
        .isEqualTo(new StepResult.Done(Map.of("id", "x"), "how"));
  }

  /** Versions before this one said by a text that there was nothing to put back. */
  @Test
  void whatNeverBeganIsNotSaidToBePutBack() {
    assertThat(undone("true,\"detail\":\"nothing was begun\""))
        .isEqualTo(new StepResult.Back(false, "nothing was begun"));
    assertThat(undone("true,\"detail\":\"it is attached again\""))
        .isEqualTo(new StepResult.Back(true, "it is attached again"));
    assertThat(undone("true,\"begun\":false,\"detail\":\"otherwise said\""))
        .isEqualTo(new StepResult.Back(false, "otherwise said"));
    assertThat(undone("false,\"detail\":\"it is gone\""))
        .isEqualTo(new StepResult.Failed("it is gone"));
  }

  private static StepResult.Reversed undone(String rest) {
    return told(Undone.class, ",\"reversal\":{\"back\":" + rest + "}").result();
  }

  @Test
  void aDatabaseIsHeldReleasedOrStoppedAgain() {
    assertThat(held(false, false)).isEqualTo(new StepResult.Still("d"));
    assertThat(held(true, false)).isEqualTo(new StepResult.Released("d"));
    assertThat(held(false, true)).isEqualTo(new StepResult.StoppedAgain("d"));
    assertThat(told(Cleaned.class, ",\"cleaning\":{\"removed\":[\"snap-1\"]}").result())
        .isEqualTo(new StepResult.Removed(List.of("snap-1")));
  }

  private static StepResult.Held held(boolean released, boolean again) {
    return told(
            Held.class,
            ",\"holding\":{\"released\":" + released + ",\"again\":" + again + ",\"detail\":\"d\"}")
        .result();
  }
}
