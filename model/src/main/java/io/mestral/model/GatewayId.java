package io.mestral.model;

/** The number of a gateway. */
public record GatewayId(long value) {
  @Override
  public String toString() {
    return Long.toString(value);
  }
}
