package dev.steward.app;

import dev.steward.api.connections.Network;
import dev.steward.api.connections.TrustedProxies;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A row of the table of settings. Its environment variable and its option follow from the key.
 *
 * @param key in a configuration file, nested by its dots
 * @param standard the default; empty for none
 * @param secret never shown
 */
record Setting(String key, Kind kind, String standard, boolean secret, String meaning) {
  /** What a value must be. */
  enum Kind {
    TEXT,
    PORT,
    NUMBER,
    HOURS,
    DAYS,
    SWITCH,
    URL,
    FOLDER,
    LEVEL,
    LIST,
    NETWORKS,
    FORWARDED
  }

  static final Setting DATA_FOLDER =
      of("data.folder", Kind.FOLDER, "data/steward", "where everything is kept; made when missing");
  static final Setting KEY_FILE =
      of(
          "data.key-file",
          Kind.FOLDER,
          "",
          "the master key; the default is master.key in the data folder");
  static final Setting HTTP_HOST =
      of("http.host", Kind.TEXT, "127.0.0.1", "the address that the API listens on");
  static final Setting HTTP_PORT =
      of("http.port", Kind.PORT, "8000", "the API's port; 0 for any free one");
  static final Setting HTTP_PUBLIC_URL =
      of(
          "http.public-url",
          Kind.URL,
          "",
          "where callers reach the API; the default is made of host and port");
  static final Setting HTTP_MAX_BODY_KB =
      of("http.max-body-kb", Kind.NUMBER, "1024", "the largest request body, in KiB");
  static final Setting LAB_MAX_UPLOAD_MB =
      of("lab.max-upload-mb", Kind.NUMBER, "64", "the largest file of a run or data set, in MiB");
  static final Setting LAB_TRAININGS =
      of("lab.trainings", Kind.NUMBER, "1", "trainings at the same time; each uses every core");
  static final Setting HTTP_MAX_CONNECTIONS =
      of(
          "http.max-connections",
          Kind.NUMBER,
          "1024",
          "connections at a time; for one more the one that keeps us waiting longest is closed");
  static final Setting HTTP_MAX_PER_ADDRESS =
      of(
          "http.max-connections-per-address",
          Kind.NUMBER,
          "512",
          "the same of one address (IPv6: of one /64), but for trusted proxies");
  static final Setting HTTP_PROXIES =
      of(
          "http.trusted-proxies",
          Kind.NETWORKS,
          "",
          "addresses or networks (10.0.0.0/8) of proxies that tell who called, separated by commas");
  static final Setting HTTP_FORWARDED =
      of(
          "http.forwarded-header",
          Kind.FORWARDED,
          "either",
          "what they write: x-forwarded-for, forwarded, or either: the second where there is no first");
  static final Setting HTTP_IDLE =
      of("http.idle-seconds", Kind.NUMBER, "60", "a connection may lie idle for so long");
  static final Setting HTTP_HEAD =
      of("http.head-seconds", Kind.NUMBER, "10", "the head of a request may take so long");
  static final Setting HTTP_BODY =
      of(
          "http.body-seconds",
          Kind.NUMBER,
          "20",
          "a body may take so long, or an answer to be taken, and longer as far as it keeps the rate");
  static final Setting HTTP_RATE =
      of(
          "http.least-bytes-per-second",
          Kind.NUMBER,
          "1024",
          "the rate that bodies and answers keep at least");
  static final Setting HTTP_ORIGINS =
      of(
          "http.origins",
          Kind.LIST,
          "",
          "web origins that browsers may call from, separated by commas");
  static final Setting ADMIN_PORT =
      of(
          "admin.port",
          Kind.PORT,
          "8001",
          "health, metrics, backups and payload codec, on the loopback address only; 0 for any free one");
  static final Setting ADMIN_HOSTS =
      of(
          "admin.hosts",
          Kind.LIST,
          "",
          "further names by which the admin port may be asked, separated by commas");
  static final Setting ADMIN_ORIGINS =
      of(
          "admin.origins",
          Kind.LIST,
          "",
          "origins of a Temporal UI that is not our own, whose pages may ask for payloads");
  static final Setting ADMIN_OPEN_METRICS =
      of("admin.open-metrics", Kind.SWITCH, "false", "tell metrics without the admin token");
  static final Setting BACKUP_FOLDER =
      of(
          "backup.folder",
          Kind.FOLDER,
          "",
          "where a running installation writes backups; the default is backups in the data folder");
  static final Setting TEMPORAL_ADDRESS =
      of(
          "temporal.address",
          Kind.TEXT,
          "",
          "host:port of a Temporal server; empty runs a local durable one");
  static final Setting TEMPORAL_NAMESPACE =
      of("temporal.namespace", Kind.TEXT, "default", "the namespace");
  static final Setting TEMPORAL_PORT =
      of("temporal.port", Kind.PORT, "7233", "the local server's port; 0 for any free one");
  static final Setting TEMPORAL_UI_PORT =
      of(
          "temporal.ui-port",
          Kind.PORT,
          "8233",
          "the local server's web interface; 0 for any free one");
  static final Setting TEMPORAL_TLS =
      of("temporal.tls", Kind.SWITCH, "false", "speak TLS to temporal.address");
  static final Setting TEMPORAL_API_KEY =
      new Setting(
          "temporal.api-key", Kind.TEXT, "", true, "API key for temporal.address; implies TLS");
  static final Setting TEMPORAL_IN_MEMORY =
      of(
          "temporal.in-memory",
          Kind.SWITCH,
          "false",
          "NON-DURABLE: the local server keeps nothing on disk");
  static final Setting TEMPORAL_RECONCILE_MINUTES =
      of(
          "temporal.reconcile-minutes",
          Kind.NUMBER,
          "5",
          "how often what the store calls under way is compared with what runs, besides each start and reconnection");
  static final Setting AWS_ENDPOINT =
      of("aws.endpoint", Kind.URL, "", "one URL for all of AWS; AWS_ENDPOINT_URL is honoured too");
  static final Setting AWS_REGION =
      of("aws.region", Kind.TEXT, "us-east-1", "where the platform's own calls go");
  static final Setting AWS_PRINCIPAL =
      of(
          "aws.principal",
          Kind.TEXT,
          "",
          "the ARN that customers' roles trust; the default is asked of AWS");
  static final Setting AWS_PAGE_SIZE =
      of("aws.page-size", Kind.NUMBER, "1000", "at most so many resources a page");
  static final Setting AWS_RATE =
      of(
          "aws.requests-per-second",
          Kind.NUMBER,
          "20",
          "per account, region and service, before AWS says to slow down");
  static final Setting DEMO_USERS =
      of(
          "demo.users",
          Kind.SWITCH,
          "false",
          "make the users test, client, approver, lead and admin, whose passwords are their names");
  static final Setting SELF_REGISTRATION =
      of("auth.self-registration", Kind.SWITCH, "false", "anybody may make an organization");
  static final Setting MAIL_HOST =
      of("mail.host", Kind.TEXT, "", "the SMTP server that e-mail goes by; empty sends none");
  static final Setting MAIL_PORT = of("mail.port", Kind.PORT, "587", "the SMTP server's port");
  static final Setting MAIL_USER =
      of("mail.user", Kind.TEXT, "", "who logs in there; empty for nobody");
  static final Setting MAIL_PASSWORD =
      new Setting("mail.password", Kind.TEXT, "", true, "that user's password");
  static final Setting MAIL_FROM =
      of("mail.from", Kind.TEXT, "steward@localhost", "the sender of e-mail");
  static final Setting MAIL_STARTTLS =
      of("mail.starttls", Kind.SWITCH, "true", "refuse to send e-mail without TLS");
  static final Setting NOTIFY_ALLOW_PRIVATE =
      of(
          "notify.allow-private",
          Kind.SWITCH,
          "false",
          "web hooks may be inside this network, and without TLS");
  static final Setting NOTIFY_LINK_URL =
      of(
          "notify.link-url",
          Kind.URL,
          "",
          "where people open a change or an approval: notifications link to /governance/changes/… and"
              + " /approvals/… there; the default is http.public-url, without which there is no link");
  static final Setting AUDIT_ANCHOR_MINUTES =
      of(
          "audit.anchor-minutes",
          Kind.NUMBER,
          "60",
          "how often the heads of the audit chains are written down outside the store");
  static final Setting AUDIT_WITNESS_FILE =
      of(
          "audit.witness-file",
          Kind.FOLDER,
          "",
          "where the audit chains ended a moment ago; best on another disk; the default is audit.witness in the data folder");
  static final Setting KEEP_KEY_HOURS =
      of(
          "keep.idempotency-hours",
          Kind.HOURS,
          "24",
          "an Idempotency-Key is answered as before for so long at least");
  static final Setting KEEP_KEYS =
      of(
          "keep.idempotency-keys",
          Kind.NUMBER,
          "100000",
          "Idempotency-Keys kept of one user; more are refused until the oldest are forgotten");
  static final Setting KEEP_DELIVERY_DAYS =
      of("keep.delivery-days", Kind.DAYS, "90", "notifications that were sent or given up");
  static final Setting KEEP_DELIVERIES =
      of("keep.deliveries", Kind.NUMBER, "10000", "at most so many of them an organization");
  static final Setting KEEP_EVENT_DAYS = of("keep.event-days", Kind.DAYS, "90", "events");
  static final Setting KEEP_EVENTS =
      of("keep.events", Kind.NUMBER, "100000", "at most so many of them an organization");
  static final Setting KEEP_ONBOARDING_DAYS =
      of(
          "keep.onboarding-days",
          Kind.DAYS,
          "7",
          "onboardings that have connected nothing, since they were begun or last tried");
  static final Setting KEEP_DIFFERENCE_DAYS =
      of("keep.difference-days", Kind.DAYS, "90", "what discoveries found otherwise");
  static final Setting KEEP_DIFFERENCES =
      of("keep.differences", Kind.NUMBER, "10000", "at most so many of them an account");
  static final Setting PRICES_REFRESH_DAYS =
      of("prices.refresh-days", Kind.DAYS, "30", "when AWS is asked for prices again, if ever");
  static final Setting KEEP_SCAN_DAYS =
      of("keep.scan-days", Kind.DAYS, "400", "scans that are over; ten of an account stay");
  static final Setting KEEP_SCANS =
      of("keep.scans", Kind.NUMBER, "1000", "at most so many of them an account");
  static final Setting KEEP_RESOLVED_DAYS =
      of("keep.resolved-days", Kind.DAYS, "400", "findings that are resolved");
  static final Setting KEEP_RESOLVED =
      of("keep.resolved", Kind.NUMBER, "10000", "at most so many of them an account");
  static final Setting KEEP_COST_DAYS =
      of("keep.cost-days", Kind.DAYS, "1100", "estimated costs of an account, one row a day");
  static final Setting LOG_LEVEL =
      of("log.level", Kind.LEVEL, "info", "error, warn, info, debug or trace");

  static final List<Setting> ALL =
      List.of(
          DATA_FOLDER,
          KEY_FILE,
          HTTP_HOST,
          HTTP_PORT,
          HTTP_PUBLIC_URL,
          HTTP_MAX_BODY_KB,
          LAB_MAX_UPLOAD_MB,
          LAB_TRAININGS,
          HTTP_MAX_CONNECTIONS,
          HTTP_MAX_PER_ADDRESS,
          HTTP_PROXIES,
          HTTP_FORWARDED,
          HTTP_IDLE,
          HTTP_HEAD,
          HTTP_BODY,
          HTTP_RATE,
          HTTP_ORIGINS,
          ADMIN_PORT,
          ADMIN_HOSTS,
          ADMIN_ORIGINS,
          ADMIN_OPEN_METRICS,
          BACKUP_FOLDER,
          TEMPORAL_ADDRESS,
          TEMPORAL_NAMESPACE,
          TEMPORAL_PORT,
          TEMPORAL_UI_PORT,
          TEMPORAL_TLS,
          TEMPORAL_API_KEY,
          TEMPORAL_IN_MEMORY,
          TEMPORAL_RECONCILE_MINUTES,
          AWS_ENDPOINT,
          AWS_REGION,
          AWS_PRINCIPAL,
          AWS_PAGE_SIZE,
          AWS_RATE,
          PRICES_REFRESH_DAYS,
          DEMO_USERS,
          SELF_REGISTRATION,
          MAIL_HOST,
          MAIL_PORT,
          MAIL_USER,
          MAIL_PASSWORD,
          MAIL_FROM,
          MAIL_STARTTLS,
          NOTIFY_ALLOW_PRIVATE,
          NOTIFY_LINK_URL,
          AUDIT_ANCHOR_MINUTES,
          AUDIT_WITNESS_FILE,
          KEEP_KEY_HOURS,
          KEEP_KEYS,
          KEEP_DELIVERY_DAYS,
          KEEP_DELIVERIES,
          KEEP_EVENT_DAYS,
          KEEP_EVENTS,
          KEEP_ONBOARDING_DAYS,
          KEEP_DIFFERENCE_DAYS,
          KEEP_DIFFERENCES,
          KEEP_SCAN_DAYS,
          KEEP_SCANS,
          KEEP_RESOLVED_DAYS,
          KEEP_RESOLVED,
          KEEP_COST_DAYS,
          LOG_LEVEL);

  private static Setting of(String key, Kind kind, String standard, String meaning) {
    return new Setting(key, kind, standard, false, meaning);
  }

  static Setting named(String key) {
    return ALL.stream().filter(s -> s.key.equals(key)).findFirst().orElseThrow();
  }

  String variable() {
    return "STEWARD_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  String option() {
    return "--" + key.replace('.', '-');
  }

  /** What is wrong with the value, if anything. */
  Optional<String> wrong(String value) {
    return switch (kind) {
      case TEXT, FOLDER, LIST -> Optional.empty();
      case PORT -> number(value, 0, 65_535);
      case NUMBER -> number(value, 1, 10_000_000);
      case HOURS -> number(value, 1, 8_760);
      case DAYS -> number(value, 1, 3_650);
      case SWITCH ->
          value.equals("true") || value.equals("false")
              ? Optional.empty()
              : Optional.of("must be true or false");
      case URL ->
          value.isEmpty() || value.matches("https?://[^\\s/]+(/\\S*)?")
              ? Optional.empty()
              : Optional.of("must be a URL such as http://localhost:4566");
      case NETWORKS ->
          Settings.parts(value).stream().allMatch(part -> Network.parse(part).isPresent())
              ? Optional.empty()
              : Optional.of(
                  "must be addresses or networks such as 10.0.0.0/8, separated by commas");
      case FORWARDED ->
          TrustedProxies.Header.of(value).isPresent()
              ? Optional.empty()
              : Optional.of(
                  "must be one of "
                      + Arrays.stream(TrustedProxies.Header.values())
                          .map(TrustedProxies.Header::text)
                          .collect(Collectors.joining(", ")));
      case LEVEL ->
          List.of("error", "warn", "info", "debug", "trace").contains(value)
              ? Optional.empty()
              : Optional.of("must be error, warn, info, debug or trace");
    };
  }

  private static Optional<String> number(String value, int min, int max) {
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) return Optional.empty();
    } catch (NumberFormatException e) {
      // The one message below serves both.
    }
    return Optional.of("must be a whole number from " + min + " to " + max);
  }
}
