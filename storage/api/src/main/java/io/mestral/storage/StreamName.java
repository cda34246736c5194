package io.mestral.storage;

/** The name of one stream of a journal, such as {@code readings}; 1 to 200 characters. */
public record StreamName(String value) {
  /** Refuses what is empty or too long. */
  public StreamName {
    if (value.isEmpty() || value.length() > 200)
      throw new IllegalArgumentException("a stream's name has 1 to 200 characters: " + value);
  }

  @Override
  public String toString() {
    return value;
  }
}
