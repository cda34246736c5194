package io.mestral.storage.embedded.readings;

/** The bytes are not what they should be. */
final class Malformed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Malformed(String message) {
    super(message);
  }
}
