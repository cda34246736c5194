package io.mestral.storage.embedded.readings.format;

/** The bytes are not what they should be. */
public final class Malformed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Malformed(String message) {
    super(message);
  }
}
