package io.mestral.model;

/** The number of a user; positive, given once and never used again. */
public record UserId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
