package dev.steward.activities.notifications;

import dev.steward.domain.governance.desk.Destinations;
import dev.steward.model.Delivery;
import dev.steward.model.Json;
import dev.steward.model.NotificationTarget;
import dev.steward.model.SecretId;
import dev.steward.model.User;
import dev.steward.model.job.Jobs.DeliveryRef;
import dev.steward.storage.Secrets;
import dev.steward.storage.Store;
import dev.steward.storage.Tables;
import dev.steward.workflows.notifications.DeliveryActivities;
import dev.steward.workflows.notifications.DeliveryRecords;
import io.temporal.failure.ApplicationFailure;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sends by web hook, e-mail and Slack. Nothing of an address or a key is in an error. */
public final class SendingActivities implements DeliveryActivities, DeliveryRecords, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What a client error that may pass looks like. */
  private static final Set<Integer> LATER = Set.of(408, 425, 429);

  private final Store store;
  private final Secrets secrets;
  private final NotifySettings settings;
  private final InstantSource clock;
  private final Hooks hooks;

  public SendingActivities(
      Store store, Secrets secrets, NotifySettings settings, InstantSource clock) {
    this.store = store;
    this.secrets = secrets;
    this.settings = settings;
    this.clock = clock;
    this.hooks = new Hooks(settings.allowPrivate(), PATIENCE);
  }

  @Override
  public void send(DeliveryRef input) {
    Delivery delivery = find(input);
    if (delivery == null || delivery.status() != Delivery.Status.WAITING) return;
    NotificationTarget target =
        store
            .state()
            .find(Tables.NOTIFICATION_TARGETS, delivery.target().value())
            .orElseThrow(() -> permanent("the target was removed"));
    Notice notice = Notice.of(delivery, settings.base());
    try {
      switch (target.channel()) {
        case WEBHOOK -> hook(target, delivery, notice);
        case SLACK -> slack(target, notice);
        case EMAIL -> mail(target, delivery, notice);
      }
    } catch (ApplicationFailure failure) {
      keep(delivery.tried(failure.getOriginalMessage()));
      throw failure;
    }
    keep(delivery.ended(Delivery.Status.SENT, null, clock.instant()));
  }

  private @Nullable Delivery find(DeliveryRef input) {
    return store.state().find(Tables.DELIVERIES, input.delivery().value()).orElse(null);
  }

  private void keep(Delivery delivery) {
    store.write(t -> t.put(Tables.DELIVERIES, delivery));
  }

  @Override
  public void giveUp(GivenUp givenUp) {
    Delivery delivery = find(givenUp.input());
    if (delivery != null && delivery.status() == Delivery.Status.WAITING)
      keep(delivery.ended(Delivery.Status.DEAD, givenUp.why(), clock.instant()));
  }

  private void hook(NotificationTarget target, Delivery delivery, Notice notice) {
    Map<String, Object> body = new TreeMap<>(notice.fields());
    body.put("id", delivery.id());
    body.put("topic", delivery.topic().name().toLowerCase(java.util.Locale.ROOT));
    body.put("subject", delivery.subject());
    body.put("at", delivery.createdAt());
    String json = Json.text(body);
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    post(
        String.valueOf(target.address()),
        json,
        Map.of(
            "X-Steward-Delivery",
            delivery.id().value(),
            "X-Steward-Timestamp",
            timestamp,
            "X-Steward-Signature",
            Signature.of(secret(target.secret()), timestamp, json)));
  }

  private void slack(NotificationTarget target, Notice notice) {
    post(new String(secret(target.secret()), StandardCharsets.UTF_8), notice.slack(), Map.of());
  }

  private byte[] secret(@Nullable SecretId id) {
    if (id == null) throw permanent("the target has no key");
    return secrets.open(store.state(), id);
  }

  /** The address is judged again when it is used: what a name means may have changed since. */
  private void post(String address, String json, Map<String, String> headers) {
    URI url = URI.create(address);
    Destinations.wrongForm(url, settings.allowPrivate())
        .ifPresent(why -> {
          throw permanent("the address " + why);
        });
    int status;
    try {
      status = hooks.post(url, json, headers);
    } catch (Destinations.RefusedException e) {
      throw permanent("the address " + e.getMessage());
    } catch (IOException e) {
      throw passing("no answer");
    }
    if (status >= 200 && status < 300) return;
    if (status >= 400 && status < 500 && !LATER.contains(status))
      throw permanent("answered " + status);
    throw passing("answered " + status);
  }

  private void mail(NotificationTarget target, Delivery delivery, Notice notice) {
    if (settings.smtpHost().isEmpty()) throw permanent("no mail server is configured");
    try {
      MimeMessage message = new MimeMessage(session());
      message.setFrom(new InternetAddress(settings.from()));
      message.setRecipient(Message.RecipientType.TO, new InternetAddress(address(target)));
      message.setSubject(notice.title(), StandardCharsets.UTF_8.name());
      message.setText(notice.mail(), StandardCharsets.UTF_8.name());
      message.setHeader("X-Steward-Delivery", delivery.id().value());
      Transport.send(message);
    } catch (jakarta.mail.internet.AddressException e) {
      throw permanent("the address is not valid");
    } catch (MessagingException e) {
      throw passing("the mail server did not take it");
    }
  }

  /** A target without an address is at its user's own. */
  private String address(NotificationTarget target) {
    if (target.address() != null) return target.address();
    return Optional.ofNullable(target.user())
        .flatMap(u -> store.state().find(Tables.USERS, u.value()))
        .map(User::email)
        .orElseThrow(() -> permanent("the user has no e-mail address"));
  }

  private Session session() {
    Properties properties = new Properties();
    properties.put("mail.smtp.host", settings.smtpHost());
    properties.put("mail.smtp.port", Integer.toString(settings.smtpPort()));
    properties.put("mail.smtp.connectiontimeout", Long.toString(PATIENCE.toMillis()));
    properties.put("mail.smtp.timeout", Long.toString(PATIENCE.toMillis()));
    properties.put("mail.smtp.starttls.enable", Boolean.toString(settings.startTls()));
    properties.put("mail.smtp.starttls.required", Boolean.toString(settings.startTls()));
    if (settings.smtpUser().isEmpty()) return Session.getInstance(properties);
    properties.put("mail.smtp.auth", "true");
    return Session.getInstance(
        properties,
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(settings.smtpUser(), settings.smtpPassword());
          }
        });
  }

  private static ApplicationFailure passing(String why) {
    return ApplicationFailure.newFailure(why, "NotTaken");
  }

  private static ApplicationFailure permanent(String why) {
    return ApplicationFailure.newNonRetryableFailure(why, "Refused");
  }

  @Override
  public void close() {
    hooks.close();
  }
}
