package io.mestral.storage.search;

/** What experiments are searched by. */
public enum ExperimentField implements Field {
  /** Its number. */
  ID(Kind.NUMBER),
  /** Its name. */
  NAME(Kind.TEXT),
  /** What it is about. */
  DESCRIPTION(Kind.TEXT),
  /** Whose it is. */
  OWNER_ID(Kind.NUMBER),
  /** Not meant seriously. */
  IS_TEST(Kind.FLAG),
  /** What nobody keeps any more. */
  STATUS(Kind.TEXT),
  /** When it begins. */
  STARTS_AT(Kind.TIME),
  /** When it ends. */
  ENDS_AT(Kind.TIME),
  /** When it was made. */
  CREATED_AT(Kind.TIME),
  /** When it was changed. */
  UPDATED_AT(Kind.TIME);

  private final Kind kind;

  ExperimentField(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
