package io.mestral.storage.postgresql.schema;

/** The database was made by another version than this one: newer, or with other steps. */
public final class SchemaMismatch extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SchemaMismatch(String message) {
    super(message);
  }
}
