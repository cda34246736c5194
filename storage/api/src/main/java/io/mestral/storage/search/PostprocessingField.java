package io.mestral.storage.search;

/** What is kept of the postprocessing of devices, to search them by. */
public enum PostprocessingField implements Field {
  /** Its number. */
  ID(Kind.NUMBER),
  /** The device. */
  DEVICE_ID(Kind.NUMBER),
  /** Where it says how readings become others. */
  BLUEPRINT_URL(Kind.TEXT),
  /** Where it says what the device is made of. */
  HARDWARE_URL(Kind.TEXT),
  /** Any JSON. */
  FORWARDING_PARAMS(Kind.TEXT),
  /** Any JSON. */
  META(Kind.TEXT),
  /** Up to when readings were worked on. */
  LATEST_POSTPROCESSING(Kind.TIME),
  /** When it was made. */
  CREATED_AT(Kind.TIME),
  /** When it was changed. */
  UPDATED_AT(Kind.TIME);

  private final Kind kind;

  PostprocessingField(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
