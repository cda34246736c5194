package io.mestral.model;

/** The number of a sensor of the catalogue; positive, given once and never used again. */
public record SensorId(int value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
