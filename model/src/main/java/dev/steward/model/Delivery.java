package dev.steward.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One notification to one target.
 *
 * @param error why the last attempt failed, without anything secret
 * @param round how often somebody had it sent again
 */
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
    return new Delivery(
        id,
        organization,
        target,
        topic,
        subject,
        title,
        text,
        status,
        attempts + 1,
        why,
        createdAt,
        null,
        round);
  }

  public Delivery ended(Status how, @Nullable String why, Instant at) {
    return new Delivery(
        id,
        organization,
        target,
        topic,
        subject,
        title,
        text,
        how,
        how == Status.SENT ? attempts + 1 : attempts,
        why,
        createdAt,
        at,
        round);
  }

  public Delivery again() {
    return new Delivery(
        id,
        organization,
        target,
        topic,
        subject,
        title,
        text,
        Status.WAITING,
        0,
        null,
        createdAt,
        null,
        round + 1);
  }
}
