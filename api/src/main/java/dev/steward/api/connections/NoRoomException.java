package dev.steward.api.connections;

/** There are as many connections as there may be, and all of them are in use. */
final class NoRoomException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoRoomException() {
    super("no room for another connection", null, false, false);
  }
}
