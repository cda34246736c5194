package io.mestral.storage.search;

import java.time.Instant;

/** What a field is compared with. */
public sealed interface Value {
  /** For {@link Kind#NUMBER}. */
  record Whole(long number) implements Value {}

  /** For {@link Kind#REAL}. */
  record Real(double number) implements Value {}

  /** For {@link Kind#TEXT}, and the hash for {@link Kind#TOKEN}. */
  record Text(String text) implements Value {}

  /** For {@link Kind#TIME}. */
  record Second(Instant time) implements Value {}

  /** For {@link Kind#FLAG}. */
  record Flag(boolean isSet) implements Value {}
}
