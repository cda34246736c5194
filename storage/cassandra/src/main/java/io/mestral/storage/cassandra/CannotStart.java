package io.mestral.storage.cassandra;

/** The cluster can't be used as it is configured; the message is for the operator. */
public final class CannotStart extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CannotStart(String message) {
    super(message);
  }

  CannotStart(String message, Throwable cause) {
    super(message, cause);
  }
}
