package io.mestral.node.command;

/** The command line asks for something that doesn't exist; the message says what. */
final class UsageError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageError(String message) {
    super(message);
  }
}
