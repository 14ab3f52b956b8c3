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
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  public SendingActivities(
      Store store, Secrets secrets, NotifySettings settings, InstantSource clock) {
    this.store = store;
    this.secrets = secrets;
    this.settings = settings;
    this.clock = clock;
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
    try {
      switch (target.channel()) {
        case WEBHOOK -> hook(target, delivery);
        case SLACK -> slack(target, delivery);
        case EMAIL -> mail(target, delivery);
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

  private void hook(NotificationTarget target, Delivery delivery) {
    Map<String, Object> body = new TreeMap<>();
    body.put("id", delivery.id());
    body.put("topic", delivery.topic().name().toLowerCase(java.util.Locale.ROOT));
    body.put("subject", delivery.subject());
    body.put("title", delivery.title());
    body.put("text", delivery.text());
    body.put("at", delivery.createdAt());
    String json = Json.text(body);
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(allowed(String.valueOf(target.address())))
            .header("X-Steward-Delivery", delivery.id().value())
            .header("X-Steward-Timestamp", timestamp)
            .header("X-Steward-Signature", Signature.of(secret(target.secret()), timestamp, json));
    post(request, json);
  }

  private void slack(NotificationTarget target, Delivery delivery) {
    URI url = allowed(new String(secret(target.secret()), StandardCharsets.UTF_8));
    post(
        HttpRequest.newBuilder(url),
        Json.text(Map.of("text", "*" + delivery.title() + "*\n" + delivery.text())));
  }

  /** Looked at again when it is used: what a name means may have changed since. */
  private URI allowed(String address) {
    URI url = URI.create(address);
    Optional<String> wrong = Destinations.wrong(url, settings.allowPrivate());
    if (wrong.isPresent()) throw permanent("the address " + wrong.get());
    return url;
  }

  private byte[] secret(@Nullable SecretId id) {
    if (id == null) throw permanent("the target has no key");
    return secrets.open(store.state(), id);
  }

  private void post(HttpRequest.Builder request, String json) {
    int status;
    try {
      status =
          http.send(
                  request
                      .timeout(PATIENCE)
                      .header("Content-Type", "application/json")
                      .POST(HttpRequest.BodyPublishers.ofString(json))
                      .build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode();
    } catch (IOException e) {
      throw passing("no answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw passing("interrupted");
    }
    if (status >= 200 && status < 300) return;
    if (status >= 400 && status < 500 && !LATER.contains(status))
      throw permanent("answered " + status);
    throw passing("answered " + status);
  }

  private void mail(NotificationTarget target, Delivery delivery) {
    if (settings.smtpHost().isEmpty()) throw permanent("no mail server is configured");
    try {
      MimeMessage message = new MimeMessage(session());
      message.setFrom(new InternetAddress(settings.from()));
      message.setRecipient(Message.RecipientType.TO, new InternetAddress(address(target)));
      message.setSubject(delivery.title(), StandardCharsets.UTF_8.name());
      message.setText(delivery.text(), StandardCharsets.UTF_8.name());
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
    http.close();
  }
}
