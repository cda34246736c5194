package io.mestral.storage.search;

/** What a device's destination is searched by. */
public enum DestinationField implements Field {
  /** Its name. */
  NAME(Kind.TEXT);

  private final Kind kind;

  DestinationField(Kind kind) {
    this.kind = kind;
  }

  @Override
  public Kind kind() {
    return kind;
  }
}
