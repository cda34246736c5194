package io.mestral.model;

/** The number of a device; positive, given once and never used again. */
public record DeviceId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
