package dev.steward.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One notification to one target.
 *
 * @param error why the last attempt failed, without anything secret
 * @param round how often somebody had it sent again
 */
@Copied
public record Delivery(
    DeliveryId id,
    OrganizationId organization,
    TargetId target,
    NotificationTarget.Topic topic,
    String subject,
    String title,
    String text,
    Status status,
    int attempts,
    @Nullable String error,
    Instant createdAt,
    @Nullable Instant endedAt,
    int round) {
  /** DEAD: given up; it can be sent again. */
  public enum Status {
    WAITING,
    SENT,
    DEAD
  }

  public Delivery tried(String why) {
    return DeliveryBuilder.builder(this).attempts(attempts + 1).error(why).endedAt(null).build();
  }

  public Delivery ended(Status how, @Nullable String why, Instant at) {
    return DeliveryBuilder.builder(this)
        .status(how)
        .attempts(how == Status.SENT ? attempts + 1 : attempts)
        .error(why)
        .endedAt(at)
        .build();
  }

  public Delivery again() {
    return DeliveryBuilder.builder(this)
        .status(Status.WAITING)
        .attempts(0)
        .error(null)
        .endedAt(null)
        .round(round + 1)
        .build();
  }
}
