package io.mestral.broker.keeping;

/** A record that can't be read: of a later version, or not ours. */
final class DamagedEntry extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DamagedEntry(String message) {
    super(message, null, false, false);
  }

  DamagedEntry(String message, RuntimeException cause) {
    super(message, cause, false, false);
  }
}
