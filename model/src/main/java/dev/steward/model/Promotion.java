package dev.steward.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version that somebody wants to be served.
 *
 * @param previous what was served until then; null if nothing was
 * @param evidence what approvers see, in words
 * @param evidenceHash SHA-256 of the evidence and the model's bytes, in hex: what they approve
 */
@Copied
public record Promotion(
    PromotionId id,
    OrganizationId organization,
    String model,
    int version,
    @Nullable Integer previous,
    ApprovalId approval,
    String evidence,
    String evidenceHash,
    Status status,
    String requester,
    Instant createdAt,
    @Nullable Instant endedAt) {
  /** How it stands. */
  public enum Status {
    WAITING,
    PROMOTED,
    REFUSED,
    ROLLED_BACK
  }

  public Promotion now(Status newStatus, @Nullable Integer champion, Instant end) {
    return PromotionBuilder.builder(this).previous(champion).status(newStatus).endedAt(end).build();
  }
}
