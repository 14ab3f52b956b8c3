package dev.steward.activities.notifications;

/**
 * How notifications are sent.
 *
 * @param smtpHost empty where no e-mail can be sent
 * @param allowPrivate whether a web hook may be at an address of this machine or its network, and
 *     without TLS
 * @param base where people open what they are told about; empty for no links
 */
public record NotifySettings(
    String smtpHost,
    int smtpPort,
    String smtpUser,
    String smtpPassword,
    String from,
    boolean startTls,
    boolean allowPrivate,
    String base) {
  @Override
  public String toString() {
    return "NotifySettings[" + smtpHost + ":" + smtpPort + "]";
  }
}
