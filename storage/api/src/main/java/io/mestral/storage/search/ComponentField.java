package io.mestral.storage.search;

/** What the sensors that a device has are searched by. */
public enum ComponentField implements Field {
  /** Its number. */
  ID(Kind.NUMBER),
  /** Its identifier of 128 bits. */
  UUID(Kind.TEXT),
  /** The device's number. */
  DEVICE_ID(Kind.NUMBER),
  /** The sensor's number. */
  SENSOR_ID(Kind.NUMBER),
  /** What the sensor is called on the device. */
  KEY(Kind.TEXT),
  /** When it was made. */
  CREATED_AT(Kind.TIME),
  /** When it was changed. */
  UPDATED_AT(Kind.TIME);

  private final Kind kind;

  ComponentField(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
