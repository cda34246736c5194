package io.mestral.storage.postgresql.schema;

/** The server can't be reached at the start, or doesn't let us in; the message says why. */
public final class ServerUnusable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ServerUnusable(String message, Throwable cause) {
    super(message, cause);
  }
}
