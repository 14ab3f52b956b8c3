package dev.steward.app;

import dev.steward.activities.notifications.NotifySettings;
import dev.steward.api.connections.Limits;
import dev.steward.api.connections.Network;
import dev.steward.api.connections.TrustedProxies;
import dev.steward.api.http.HttpServer;
import dev.steward.aws.AwsSettings;
import dev.steward.domain.governance.desk.Witness;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings as the parts of the platform take them. */
final class Configured {
  private Configured() {}

  static Path folder(Settings settings) {
    return Path.of(settings.text(Setting.DATA_FOLDER)).toAbsolutePath();
  }

  static Path keyFile(Settings settings, Path folder) {
    String named = settings.text(Setting.KEY_FILE);
    return named.isEmpty() ? folder.resolve("master.key") : Path.of(named);
  }

  static Path witnessFile(Settings settings, Path folder) {
    String named = settings.text(Setting.AUDIT_WITNESS_FILE);
    return named.isEmpty() ? folder.resolve(Witness.FILE) : Path.of(named).toAbsolutePath();
  }

  static Path backups(Settings settings, Path folder) {
    String named = settings.text(Setting.BACKUP_FOLDER);
    return named.isEmpty() ? folder.resolve("backups") : Path.of(named).toAbsolutePath();
  }

  /** Whether workflows are lost with the process. */
  static boolean isTemporalInMemory(Settings settings) {
    return settings.isOn(Setting.TEMPORAL_IN_MEMORY)
        && settings.text(Setting.TEMPORAL_ADDRESS).isEmpty();
  }

  /** Bytes that an upload may have. */
  static int upload(Settings settings) {
    return settings.number(Setting.LAB_MAX_UPLOAD_MB) << 20;
  }

  static AwsSettings aws(Settings settings) {
    String endpoint = settings.text(Setting.AWS_ENDPOINT);
    return new AwsSettings(
        endpoint.isEmpty() ? null : URI.create(endpoint),
        settings.text(Setting.AWS_REGION),
        settings.number(Setting.AWS_PAGE_SIZE),
        settings.number(Setting.AWS_RATE));
  }

  static NotifySettings sending(Settings settings) {
    return new NotifySettings(
        settings.text(Setting.MAIL_HOST),
        settings.number(Setting.MAIL_PORT),
        settings.text(Setting.MAIL_USER),
        settings.text(Setting.MAIL_PASSWORD),
        settings.text(Setting.MAIL_FROM),
        settings.isOn(Setting.MAIL_STARTTLS),
        settings.isOn(Setting.NOTIFY_ALLOW_PRIVATE),
        settings.text(
            settings.text(Setting.NOTIFY_LINK_URL).isEmpty()
                ? Setting.HTTP_PUBLIC_URL
                : Setting.NOTIFY_LINK_URL));
  }

  private static Limits limits(Settings settings) {
    return new Limits(
        settings.number(Setting.HTTP_MAX_CONNECTIONS),
        settings.number(Setting.HTTP_MAX_PER_ADDRESS),
        proxies(settings),
        Duration.ofSeconds(settings.number(Setting.HTTP_IDLE)),
        Duration.ofSeconds(settings.number(Setting.HTTP_HEAD)),
        Duration.ofSeconds(settings.number(Setting.HTTP_BODY)),
        settings.number(Setting.HTTP_RATE));
  }

  private static TrustedProxies proxies(Settings settings) {
    return new TrustedProxies(
        settings.list(Setting.HTTP_PROXIES).stream()
            .map(Network::parse)
            .flatMap(Optional::stream)
            .toList(),
        TrustedProxies.Header.of(settings.text(Setting.HTTP_FORWARDED)).orElseThrow());
  }

  static HttpServer.Options http(Settings settings) {
    return new HttpServer.Options(
        settings.text(Setting.HTTP_HOST),
        settings.number(Setting.HTTP_PORT),
        settings.number(Setting.HTTP_MAX_BODY_KB) * 1024,
        limits(settings),
        settings.list(Setting.HTTP_ORIGINS),
        settings.number(Setting.KEEP_KEYS));
  }
}
