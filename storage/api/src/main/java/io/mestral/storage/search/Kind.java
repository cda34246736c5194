package io.mestral.storage.search;

/** What stands in a field, and so how it can be compared. */
public enum Kind {
  /** Whole numbers. */
  NUMBER,
  /** Real numbers. */
  REAL,
  /** Texts, identifiers of 128 bits among them. */
  TEXT,
  /** Times; compared by whole seconds, as they are shown. */
  TIME,
  /** Yes or no. */
  FLAG,
  /** Tokens: only their keyed hashes are kept, so they are equal or not. */
  TOKEN
}
