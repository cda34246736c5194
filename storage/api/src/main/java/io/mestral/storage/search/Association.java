package io.mestral.storage.search;

import java.util.Locale;

/** What ties things of one sort to things of another. */
public enum Association {
  /** A device's owner. */
  OWNER(false),
  /** The sensors that a device has, each as it has it. */
  COMPONENTS(true),
  /** The sensors that a device has. */
  SENSORS(true),
  /** Where a device's readings go. */
  FORWARDING_DESTINATION(false),
  /** A user's devices: those that the asker may see. */
  DEVICES(true),
  /** The sensors of a user's devices. */
  OWNED_SENSORS(true) {
    @Override
    public String label() {
      return "sensors";
    }
  };

  private final boolean isMany;

  Association(boolean isMany) {
    this.isMany = isMany;
  }

  /** Whether there may be several. */
  public boolean isMany() {
    return isMany;
  }

  /** What requests call it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
