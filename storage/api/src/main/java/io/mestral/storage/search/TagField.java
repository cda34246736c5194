package io.mestral.storage.search;

/** What the tags of devices are searched by. */
public enum TagField implements Field {
  /** Its number. */
  ID(Kind.NUMBER),
  /** Its identifier of 128 bits. */
  UUID(Kind.TEXT),
  /** The word. */
  NAME(Kind.TEXT),
  /** What it stands for. */
  DESCRIPTION(Kind.TEXT),
  /** When it was made. */
  CREATED_AT(Kind.TIME),
  /** When it was changed. */
  UPDATED_AT(Kind.TIME);

  private final Kind kind;

  TagField(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
