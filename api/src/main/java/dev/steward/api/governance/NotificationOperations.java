package dev.steward.api.governance;

import static dev.steward.api.Operation.on;

import dev.steward.api.Access;
import dev.steward.api.HttpJson;
import dev.steward.api.Invocation;
import dev.steward.api.Nothing;
import dev.steward.api.Operation;
import dev.steward.api.Request;
import dev.steward.api.Rule;
import dev.steward.api.Sorts;
import dev.steward.domain.governance.desk.Destinations;
import dev.steward.domain.governance.desk.Office;
import dev.steward.model.NotificationTarget;
import dev.steward.model.NotificationTarget.Channel;
import dev.steward.model.NotificationTarget.Topic;
import dev.steward.model.Problem;
import dev.steward.model.Role;
import dev.steward.model.SecretId;
import dev.steward.model.TargetId;
import dev.steward.model.Violation;
import dev.steward.storage.Own;
import dev.steward.storage.Secrets;
import dev.steward.storage.Tables;
import dev.steward.storage.Transaction;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where people and groups want to be told. */
public final class NotificationOperations {
  private static final Access ANYBODY = Access.roles(Role.CLIENT, Role.APPROVER, Role.ADMIN);
  private final Secrets secrets;
  private final Office office;
  private final boolean allowPrivate;

  public NotificationOperations(Secrets secrets, Office office, boolean allowPrivate) {
    this.secrets = secrets;
    this.office = office;
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
      Instant createdAt) {
    TargetView withoutSecret() {
      return new TargetView(id, channel, user, group, address, topics, enabled, null, createdAt);
    }
  }

  private static final Sorts<NotificationTarget> SORTS =
      Sorts.<NotificationTarget>of(NotificationTarget::id)
          .time("created_at", NotificationTarget::createdAt)
          .constant("channel", NotificationTarget::channel)
          .first("-created_at");

  public List<Operation<?, ?>> operations() {
    return List.of(
        on("GET", "/governance/notifications", "governance", ANYBODY, "Where one is told")
            .list(TargetView.class, SORTS)
            .paged(NotificationOperations::mine, (own, t) -> view(own, t, null)),
        on("POST", "/governance/notifications", "governance", ANYBODY, "Be told somewhere")
            .takes(TargetBody.class)
            .gives(TargetView.class)
            .makes("/governance/notifications/{id}", TargetView::id)
            .secret()
            // The secret is shown once, and not to who asks again.
            .keeping(TargetView::withoutSecret)
            .once(this::checked, this::add),
        on("GET", "/governance/notifications/{id}", "governance", ANYBODY, "One such place")
            .gives(TargetView.class)
            .refuses(404)
            .answers(call -> view(call.own(), find(call.own(), call), null)),
        on(
                "PATCH",
                "/governance/notifications/{id}",
                "governance",
                ANYBODY,
                "Be told less, or more")
            .about(request -> find(request.own(), request))
            .takes(TargetChange.class)
            .gives(TargetView.class)
            .refuses(404)
            .writes(NotificationOperations::change),
        on("DELETE", "/governance/notifications/{id}", "governance", ANYBODY, "Be told no more")
            .refuses(404)
            .writes(this::remove));
  }

  static Stream<NotificationTarget> mine(Own own, Request request) {
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

  /** Looks up a name, which takes as long as it takes. */
  private TargetBody checked(Invocation<TargetBody> call) {
    TargetBody body = call.body();
    if (body.group() != null && !call.principal().roles().contains(Role.ADMIN))
      throw Problem.of(Problem.Type.FORBIDDEN, "a group's notifications are set up by an admin");
    check(body);
    return body;
  }

  private TargetView add(Request request, Transaction t, TargetBody body) {
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
            Map.of("channel", HttpJson.name(target.channel())),
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

  private static TargetView change(Invocation<TargetChange> call, Transaction t) {
    NotificationTarget before = find(call.own(t), call);
    TargetChange change = call.body();
    NotificationTarget after =
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
                before.createdAt()));
    return view(call.own(t), after, null);
  }

  private Nothing remove(Request request, Transaction t) {
    NotificationTarget target = find(request.own(t), request);
    audit(t, request, target, "notification.removed");
    t.uproot(Tables.NOTIFICATION_TARGETS, target.id().value());
    return Nothing.NOTHING;
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
