package dev.steward.domain.governance.desk;

import dev.steward.model.Delivery;
import dev.steward.model.DeliveryBuilder;
import dev.steward.model.DeliveryId;
import dev.steward.model.NotificationTarget;
import dev.steward.model.NotificationTarget.Topic;
import dev.steward.model.OrganizationId;
import dev.steward.model.User;
import dev.steward.model.job.Jobs;
import dev.steward.model.job.Jobs.DeliveryRef;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.util.function.Predicate;

/** Turns what happened into deliveries to those who want to be told. */
public final class Notices {
  private final Office office;

  public Notices(Office office) {
    this.office = office;
  }

  /**
   * Tells every target of the organization whose owner is concerned: a user's own target, or that
   * of a role which a concerned user has.
   */
  void post(
      Transaction t,
      OrganizationId organization,
      Topic topic,
      String subject,
      String title,
      String text,
      Predicate<User> concerned) {
    for (NotificationTarget target :
        t.own(organization).all(Tables.NOTIFICATION_TARGETS).toList()) {
      if (!target.enabled() || !(target.topics().isEmpty() || target.topics().contains(topic)))
        continue;
      if (isFor(t, target, concerned)) send(t, target, topic, subject, title, text);
    }
  }

  private static boolean isFor(
      Transaction t, NotificationTarget target, Predicate<User> concerned) {
    return t.own(target.organization())
        .all(Tables.USERS)
        .filter(u -> !u.disabled())
        .filter(u ->
            target.user() != null
                ? u.id().equals(target.user())
                : target.group() != null && u.roles().contains(target.group()))
        .anyMatch(concerned);
  }

  private void send(
      Transaction t,
      NotificationTarget target,
      Topic topic,
      String subject,
      String title,
      String text) {
    Delivery delivery =
        t.put(
            Tables.DELIVERIES,
            DeliveryBuilder.builder()
                .id(DeliveryId.from(office.ids()))
                .organization(target.organization())
                .target(target.id())
                .topic(topic)
                .subject(subject)
                .title(title)
                .text(text)
                .status(Delivery.Status.WAITING)
                .attempts(0)
                .error(null)
                .createdAt(office.now())
                .endedAt(null)
                .round(0)
                .build());
    dispatch(t, delivery);
  }

  /** Sends it, or sends it again. */
  public void dispatch(Transaction t, Delivery delivery) {
    office.work().start(t, Jobs.DELIVERY, DeliveryRef.of(delivery));
  }
}
