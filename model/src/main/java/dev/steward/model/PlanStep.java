package dev.steward.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One step of a plan.
 *
 * @param number 1, 2, … in the order in which they are carried out
 * @param finding the waste it does away with, where it comes from one
 * @param before the preconditions: what the resource must look like when the step begins, by the
 *     names of the catalogue's attributes; {@code state} is its state and {@code tag:…} a tag
 * @param after what it will look like; {@code present: false} when it will be gone
 * @param parameters what the action was told, e.g. {@code days} of a retention
 * @param undo how it is undone, in words; why not, where it cannot be
 * @param permissions the IAM actions that it needs
 * @param managedBy who looks after the resource beside the account's people, as it was planned; who
 *     comes to it later stops the step. Left out where nobody does, so that older plans keep their
 *     hash
 * @param saving a month's; null where a price is not known
 * @param money what ends, stays and begins, which the saving is made of
 * @param awsTags the tags that AWS wrote itself, for who decides; no preconditions
 * @param losses what is not as it was, even after the undo: each difference that AWS's own describe
 *     calls would show, in words. Left out where there is none, so that a plan from before this
 *     field keeps its hash
 * @param keys the KMS keys that the action or its undo uses: of the resource or of its parts, of
 *     the copy, and of what comes back encrypted; {@code unknown} where one is not known, {@code
 *     none} where there are none. Left out of plans from before this field, so that they keep their
 *     hash, and where the action uses no keys
 */
public record PlanStep(
    int number,
    String action,
    String kind,
    String region,
    String resource,
    @Nullable String name,
    @Nullable FindingId finding,
    @Nullable String check,
    Map<String, String> before,
    Map<String, String> after,
    Map<String, String> parameters,
    Risk risk,
    @Nullable Money saving,
    boolean undoable,
    String undo,
    List<String> permissions,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> managedBy,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> awsTags,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<MoneyPart> money,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> losses,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> keys) {
  public PlanStep {
    before = Map.copyOf(before);
    after = Map.copyOf(after);
    parameters = Map.copyOf(parameters);
    permissions = List.copyOf(permissions);
    managedBy = managedBy == null ? List.of() : List.copyOf(managedBy);
    awsTags = awsTags == null ? Map.of() : Map.copyOf(awsTags);
    money = money == null ? List.of() : List.copyOf(money);
    losses = losses == null ? List.of() : List.copyOf(losses);
    keys = keys == null ? List.of() : List.copyOf(keys);
  }
}
