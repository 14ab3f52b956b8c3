package dev.steward.api.governance;

import static dev.steward.api.Operation.on;

import dev.steward.api.Access;
import dev.steward.api.HttpJson;
import dev.steward.api.ListFilter;
import dev.steward.api.Operation;
import dev.steward.api.QueryParameter;
import dev.steward.api.Request;
import dev.steward.api.Sorts;
import dev.steward.api.Starts;
import dev.steward.domain.governance.desk.Notices;
import dev.steward.model.Delivery;
import dev.steward.model.NotificationTarget;
import dev.steward.model.NotificationTarget.Topic;
import dev.steward.model.Problem;
import dev.steward.model.Role;
import dev.steward.model.TargetId;
import dev.steward.model.job.Jobs;
import dev.steward.storage.Own;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What became of what people were told. */
public final class DeliveryOperations {
  private static final Access ANYBODY = Access.roles(Role.CLIENT, Role.APPROVER, Role.ADMIN);
  private static final Starts<Delivery> SENDING =
      Starts.of(
          Jobs.DELIVERY,
          Tables.DELIVERIES,
          "/governance/notifications/deliveries",
          (begun, now) -> now.status() != Delivery.Status.WAITING);
  private static final QueryParameter<Delivery.Status> STATUS =
      QueryParameter.constant("status", Delivery.Status.class);
  private static final Sorts<Delivery> SORTS =
      Sorts.<Delivery>of(Delivery::id)
          .time("created_at", Delivery::createdAt)
          .time("ended_at", Delivery::endedAt)
          .constant("status", Delivery::status)
          .first("-created_at");

  private final Notices notices;

  public DeliveryOperations(Notices notices) {
    this.notices = notices;
  }

  public record DeliveryView(
      String id,
      String target,
      Topic topic,
      String subject,
      String title,
      Delivery.Status status,
      int attempts,
      @Nullable String error,
      Instant createdAt,
      @Nullable Instant endedAt) {}

  public List<Operation<?, ?>> operations() {
    return List.of(
        on(
                "GET",
                "/governance/notifications/deliveries",
                "governance",
                ANYBODY,
                "What was sent, what waits, and what was given up; forgotten after keep.delivery-days,"
                    + " and a cursor to what was forgotten is 410")
            .list(
                DeliveryView.class,
                SORTS,
                ListFilter.by(STATUS, (d, status) -> status == d.status()))
            .forgetting(Tables.DELIVERIES)
            .paged(DeliveryOperations::sent, (own, d) -> view(d)),
        on(
                "POST",
                "/governance/notifications/deliveries/{id}/retry",
                "governance",
                ANYBODY,
                "Send again what was given up")
            .gives(DeliveryView.class)
            .refuses(404, 409)
            .starts(SENDING, this::retry, (own, d) -> view(d)));
  }

  private static Stream<Delivery> sent(Own own, Request request) {
    List<TargetId> targets =
        NotificationOperations.mine(own, request).map(NotificationTarget::id).toList();
    return own.all(Tables.DELIVERIES).filter(d -> targets.contains(d.target()));
  }

  private Delivery retry(Request request, Transaction t) {
    Delivery dead =
        sent(request.own(t), request)
            .filter(d -> d.id().value().equals(request.path("id")))
            .findFirst()
            .orElseThrow(() -> Problem.notFound(Tables.DELIVERIES.noun()));
    if (dead.status() != Delivery.Status.DEAD)
      throw Problem.of(
          Problem.Type.CONFLICT, "it is " + HttpJson.name(dead.status()) + ", not dead");
    Delivery waiting = t.put(Tables.DELIVERIES, dead.again());
    notices.dispatch(t, waiting);
    return waiting;
  }

  private static DeliveryView view(Delivery d) {
    return new DeliveryView(
        d.id().value(),
        d.target().value(),
        d.topic(),
        d.subject(),
        d.title(),
        d.status(),
        d.attempts(),
        d.error(),
        d.createdAt(),
        d.endedAt());
  }
}
