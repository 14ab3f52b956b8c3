package dev.steward.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody wants to be told.
 *
 * @param user whose it is; null for a group's
 * @param group the role whose matters it is told, where it is a group's
 * @param address a URL, or an e-mail address; a Slack address is a secret and sealed instead
 * @param secret where the sealed signing key or Slack address lies
 * @param topics what it is told: request, reminder, decision, result; empty means everything
 */
public record NotificationTarget(
    TargetId id,
    OrganizationId organization,
    @Nullable UserId user,
    @Nullable Role group,
    Channel channel,
    @Nullable String address,
    @Nullable SecretId secret,
    List<Topic> topics,
    boolean enabled,
    Instant createdAt) {
  public enum Channel {
    WEBHOOK,
    EMAIL,
    SLACK
  }

  public enum Topic {
    REQUEST,
    REMINDER,
    DECISION,
    RESULT
  }

  public NotificationTarget {
    topics = List.copyOf(topics);
  }
}
