package dev.steward.storage;

/** The store cannot be opened; the message says why and what to do. */
public final class StoreOpenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreOpenException(String message) {
    super(message);
  }

  public StoreOpenException(String message, Throwable cause) {
    super(message, cause);
  }
}
