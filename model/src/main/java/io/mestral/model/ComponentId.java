package io.mestral.model;

/**
 * The number of a component, which is one sensor on one device; positive, given once and never used
 * again.
 */
public record ComponentId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
