package dev.steward.storage;

/** What was read is not what was written; the message says where. */
public final class DamagedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DamagedException(String message) {
    super(message);
  }

  DamagedException(String message, Throwable cause) {
    super(message, cause);
  }
}
