package dev.steward.estate;

import dev.steward.model.Risk;
import java.util.List;

/**
 * What is not as it was when an action has been undone. Approvers read it in the plan; the saga
 * test compares everything that AWS's describe calls return, and allows just these differences.
 *
 * @param says what approvers read
 * @param fields the fields of the describe calls that differ, as {@code Volume.VolumeId}, and what
 *     is below them; {@code +Snapshot} is one more of it. Empty where no describe call shows it
 */
public record Loss(String says, List<String> fields) {
  public Loss {
    fields = List.copyOf(fields);
  }

  /**
   * A loss that only some steps have.
   *
   * @param risk the least that a step with this loss has
   */
  record Row(When when, Risk risk, Loss loss) {}
}
