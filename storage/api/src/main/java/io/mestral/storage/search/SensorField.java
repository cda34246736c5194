package io.mestral.storage.search;

/** What sensors are searched by. */
public enum SensorField implements Field {
  /** Its number. */
  ID(Kind.NUMBER),
  /** Its identifier of 128 bits. */
  UUID(Kind.TEXT),
  /** Its board's number as a text. */
  ANCESTRY(Kind.TEXT),
  /** Its name. */
  NAME(Kind.TEXT),
  /** What it is. */
  DESCRIPTION(Kind.TEXT),
  /** The unit of its values. */
  UNIT(Kind.TEXT),
  /** The number of what it measures. */
  MEASUREMENT_ID(Kind.NUMBER),
  /** When it was made. */
  CREATED_AT(Kind.TIME),
  /** When it was changed. */
  UPDATED_AT(Kind.TIME);

  private final Kind kind;

  SensorField(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
