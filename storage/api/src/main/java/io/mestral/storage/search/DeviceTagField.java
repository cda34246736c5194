package io.mestral.storage.search;

/** What it is searched by that a device has a tag. */
public enum DeviceTagField implements Field {
  /** The device. */
  DEVICE_ID(Kind.NUMBER),
  /** The tag. */
  TAG_ID(Kind.NUMBER);

  private final Kind kind;

  DeviceTagField(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
