package dev.steward.api.governance;

import static dev.steward.api.Operation.on;

import dev.steward.api.Access;
import dev.steward.api.Operation;
import dev.steward.api.Operation.Shape;
import dev.steward.api.PageOf;
import dev.steward.api.Reply;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.domain.governance.desk.Destinations;
import dev.steward.domain.governance.desk.Notices;
import dev.steward.domain.governance.desk.Office;
import dev.steward.model.Delivery;
import dev.steward.model.NotificationTarget;
import dev.steward.model.NotificationTarget.Channel;
import dev.steward.model.NotificationTarget.Topic;
import dev.steward.model.Problem;
import dev.steward.model.Role;
import dev.steward.model.SecretId;
import dev.steward.model.TargetId;
import dev.steward.model.Violation;
import dev.steward.storage.Own;
import dev.steward.storage.Retention;
import dev.steward.storage.Secrets;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where people and groups want to be told, and what became of what they were told. */
public final class NotificationOperations {
  private static final Access ANYBODY = Access.roles(Role.CLIENT, Role.APPROVER, Role.ADMIN);
  private final Store store;
  private final Secrets secrets;
  private final Office office;
  private final Notices notices;
  private final boolean allowPrivate;

  public NotificationOperations(
      Store store, Secrets secrets, Office office, Notices notices, boolean allowPrivate) {
    this.store = store;
    this.secrets = secrets;
    this.office = office;
    this.notices = notices;
    this.allowPrivate = allowPrivate;
  }

  /**
   * @param group a role whose matters are told; only an admin sets one up. One's own where left out
   * @param address a URL, or an e-mail address; one's own e-mail address where left out
   * @param secret what web hooks are signed with; made where left out
   */
  public record TargetBody(
      Channel channel,
      @Nullable Role group,
      @Rule(min = 3, max = 1_000) @Nullable String address,
      @Rule(min = 16, max = 200) @Nullable String secret,
      @Rule(max = 4) @Nullable List<Topic> topics) {
    @Override
    public String toString() {
      return "TargetBody[masked]";
    }
  }

  public record TargetChange(
      @Nullable Boolean enabled, @Rule(max = 4) @Nullable List<Topic> topics) {}

  /**
   * @param signingSecret shown this once
   */
  public record TargetView(
      String id,
      Channel channel,
      @Nullable String user,
      @Nullable Role group,
      String address,
      List<Topic> topics,
      boolean enabled,
      @Nullable String signingSecret,
      Instant createdAt) {}

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

  public List<Operation> operations() {
    return List.of(
        on("GET", "/governance/notifications", "governance", ANYBODY, "Where one is told")
            .gives(Shape.PAGE, TargetView.class)
            .query("limit", "after")
            .handle(this::list),
        on("POST", "/governance/notifications", "governance", ANYBODY, "Be told somewhere")
            .takes(TargetBody.class)
            .gives(TargetView.class)
            .answers(201, 403, 422)
            .handle(this::add),
        on(
                "PATCH",
                "/governance/notifications/{id}",
                "governance",
                ANYBODY,
                "Be told less, or more")
            .takes(TargetChange.class)
            .gives(TargetView.class)
            .answers(200, 404)
            .handle(this::change),
        on("DELETE", "/governance/notifications/{id}", "governance", ANYBODY, "Be told no more")
            .answers(204, 404)
            .handle(this::remove),
        on(
                "GET",
                "/governance/notifications/deliveries",
                "governance",
                ANYBODY,
                "What was sent, what waits, and what was given up; forgotten after keep.delivery-days,"
                    + " and a cursor to what was forgotten is 410")
            .gives(Shape.PAGE, DeliveryView.class)
            .query("status", "limit", "after")
            .answers(200, 410)
            .handle(this::deliveries),
        on(
                "POST",
                "/governance/notifications/deliveries/{id}/retry",
                "governance",
                ANYBODY,
                "Send again what was given up")
            .gives(DeliveryView.class)
            .answers(202, 404, 409)
            .handle(this::retry));
  }

  private static Stream<NotificationTarget> mine(Own own, Request request) {
    boolean admin = request.principal().roles().contains(Role.ADMIN);
    return own.all(Tables.NOTIFICATION_TARGETS)
        .filter(t -> request.principal().user().equals(t.user()) || (admin && t.group() != null));
  }

  private static NotificationTarget find(Own own, Request request) {
    return mine(own, request)
        .filter(t -> t.id().value().equals(request.path("id")))
        .findFirst()
        .orElseThrow(() -> Problem.notFound(Tables.NOTIFICATION_TARGETS.noun()));
  }

  private Reply list(Request request) {
    Own own = request.own();
    return Reply.ok(
        PageOf.sort(request, mine(own, request), t -> PageOf.newest(t.createdAt(), t.id()))
            .map(t -> view(own, t, null)));
  }

  private Reply add(Request request) {
    TargetBody body = request.body(TargetBody.class);
    if (body.group() != null && !request.principal().roles().contains(Role.ADMIN))
      throw Problem.of(Problem.Type.FORBIDDEN, "a group's notifications are set up by an admin");
    check(body);
    // Not repeated from its key: the answer holds a secret, which is shown once and not kept.
    return store.write(t -> Reply.of(201, add(t, request, body)));
  }

  private TargetView add(Transaction t, Request request, TargetBody body) {
    String signing = null;
    SecretId secret = null;
    String address = body.address();
    switch (body.channel()) {
      case WEBHOOK -> {
        signing =
            body.secret() != null
                ? body.secret()
                : office.ids().next("key") + office.ids().next("key").substring(4);
        secret = seal(t, request, signing);
      }
      case SLACK -> {
        // Whoever has a Slack address can write there.
        secret = seal(t, request, String.valueOf(address));
        address = null;
      }
      case EMAIL -> {
        // Nothing about it is secret.
      }
    }
    NotificationTarget target =
        t.put(
            Tables.NOTIFICATION_TARGETS,
            new NotificationTarget(
                TargetId.from(office.ids()),
                request.organization(),
                body.group() == null ? request.principal().user() : null,
                body.group(),
                body.channel(),
                address,
                secret,
                body.topics() == null ? List.of() : body.topics(),
                true,
                office.clock().instant()));
    audit(t, request, target, "notification.added");
    return view(request.own(t), target, body.secret() == null ? signing : null);
  }

  private SecretId seal(Transaction t, Request request, String plain) {
    return secrets.seal(t, request.organization(), plain.getBytes(StandardCharsets.UTF_8));
  }

  private void audit(Transaction t, Request request, NotificationTarget target, String what) {
    office
        .audit()
        .append(
            t,
            request.organization(),
            request.principal().username(),
            what,
            target.id().value(),
            Map.of("channel", target.channel().name().toLowerCase(Locale.ROOT)),
            office.clock().instant());
  }

  private void check(TargetBody body) {
    List<Violation> violations = new ArrayList<>();
    String address = body.address();
    if (body.channel() == Channel.EMAIL) {
      if (address == null && body.group() != null)
        violations.add(new Violation("address", "is required for a group"));
      if (address != null && !address.matches("[^@\\s]{1,64}@[^@\\s]{1,255}"))
        violations.add(new Violation("address", "must be an e-mail address"));
    } else if (address == null) violations.add(new Violation("address", "is required"));
    else
      url(address)
          .map(u -> Destinations.wrong(u, allowPrivate))
          .orElse(Optional.of("must be a URL"))
          .ifPresent(why -> violations.add(new Violation("address", why)));
    if (body.secret() != null && body.channel() != Channel.WEBHOOK)
      violations.add(new Violation("secret", "belongs to the channel webhook"));
    if (!violations.isEmpty()) throw Problem.invalid(violations);
  }

  private static Optional<URI> url(String text) {
    try {
      URI url = new URI(text);
      return "http".equals(url.getScheme()) || "https".equals(url.getScheme())
          ? Optional.of(url)
          : Optional.empty();
    } catch (java.net.URISyntaxException e) {
      return Optional.empty();
    }
  }

  private Reply change(Request request) {
    find(request.own(), request);
    TargetChange change = request.body(TargetChange.class);
    return Reply.ok(
        store.write(t -> {
          NotificationTarget before = find(request.own(t), request);
          return view(
              request.own(t),
              t.put(
                  Tables.NOTIFICATION_TARGETS,
                  new NotificationTarget(
                      before.id(),
                      before.organization(),
                      before.user(),
                      before.group(),
                      before.channel(),
                      before.address(),
                      before.secret(),
                      change.topics() == null ? before.topics() : change.topics(),
                      change.enabled() == null ? before.enabled() : change.enabled(),
                      before.createdAt())),
              null);
        }));
  }

  private Reply remove(Request request) {
    store.write(t -> {
      NotificationTarget target = find(request.own(t), request);
      audit(t, request, target, "notification.removed");
      return t.uproot(Tables.NOTIFICATION_TARGETS, target.id().value());
    });
    return new Reply(204, Reply.JSON, new byte[0], Map.of());
  }

  private static Stream<Delivery> sent(Own own, Request request) {
    List<TargetId> targets = mine(own, request).map(NotificationTarget::id).toList();
    return own.all(Tables.DELIVERIES).filter(d -> targets.contains(d.target()));
  }

  private Reply deliveries(Request request) {
    Optional<String> status = request.query("status");
    status.ifPresent(text -> {
      if (!List.of("waiting", "sent", "dead").contains(text))
        throw Problem.invalid(
            List.of(new Violation("status", "must be one of waiting, sent, dead")));
    });
    Own own = request.own();
    return Reply.ok(
        PageOf.kept(
                request,
                sent(own, request)
                    .filter(d ->
                        status
                            .map(s -> d.status().name().toLowerCase(Locale.ROOT).equals(s))
                            .orElse(true)),
                d -> PageOf.newest(d.createdAt(), d.id()),
                Retention.until(
                    own.state(), Tables.DELIVERIES, Stream.of(request.organization().value())),
                id -> own.find(Tables.DELIVERIES, id).isPresent())
            .map(NotificationOperations::view));
  }

  private Reply retry(Request request) {
    Delivery again =
        store.write(t -> {
          Delivery dead =
              sent(request.own(t), request)
                  .filter(d -> d.id().value().equals(request.path("id")))
                  .findFirst()
                  .orElseThrow(() -> Problem.notFound(Tables.DELIVERIES.noun()));
          if (dead.status() != Delivery.Status.DEAD)
            throw Problem.of(
                Problem.Type.CONFLICT,
                "it is " + dead.status().name().toLowerCase(Locale.ROOT) + ", not dead");
          Delivery waiting = t.put(Tables.DELIVERIES, dead.again());
          notices.dispatch(t, waiting);
          return waiting;
        });
    return Reply.accepted(view(again), "/governance/notifications/deliveries");
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

  private static TargetView view(Own own, NotificationTarget t, @Nullable String signingSecret) {
    return new TargetView(
        t.id().value(),
        t.channel(),
        t.user() == null
            ? null
            : own.find(Tables.USERS, t.user().value()).map(u -> u.username()).orElse(null),
        t.group(),
        t.channel() == Channel.SLACK
            ? "(sealed)"
            : t.address() == null ? "(the user's own)" : t.address(),
        t.topics(),
        t.enabled(),
        signingSecret,
        t.createdAt());
  }
}
