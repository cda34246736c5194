package io.mestral.storage.embedded.metadata.sqlite;

/**
 * The database was made by another version than this one: newer, or with other steps. Its content
 * is sound, so it is neither changed nor set aside.
 */
public final class SchemaMismatch extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SchemaMismatch(String message) {
    super(message);
  }
}
