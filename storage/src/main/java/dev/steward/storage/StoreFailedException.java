package dev.steward.storage;

/**
 * The store could not make a write durable. It takes no further write; the process has to start
 * again.
 */
public final class StoreFailedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
