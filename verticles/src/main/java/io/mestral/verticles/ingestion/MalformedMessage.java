package io.mestral.verticles.ingestion;

/** A message that can't be read at all; says what and where, without repeating the message. */
final class MalformedMessage extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedMessage(String message) {
    super(message, null, false, false);
  }
}
