package io.mestral.node.command;

/** The command was understood but couldn't be done; the message says why. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailure(String message) {
    super(message);
  }
}
