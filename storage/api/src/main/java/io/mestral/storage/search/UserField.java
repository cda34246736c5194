package io.mestral.storage.search;

/** What users are searched by. */
public enum UserField implements Field {
  /** Their number. */
  ID(Kind.NUMBER),
  /** Their identifier of 128 bits. */
  UUID(Kind.TEXT),
  /** Their name. */
  USERNAME(Kind.TEXT),
  /** Where they say they live. */
  CITY(Kind.TEXT),
  /** The country's two letters. */
  COUNTRY_CODE(Kind.TEXT),
  /** The number of their role. */
  ROLE_MASK(Kind.NUMBER),
  /** When they signed up. */
  CREATED_AT(Kind.TIME),
  /** When they changed something of themselves. */
  UPDATED_AT(Kind.TIME);

  private final Kind kind;

  UserField(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
