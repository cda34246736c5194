-- Machines that manage devices, and the Entities that were made known here.
CREATE TABLE gateways (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  name       TEXT    NOT NULL UNIQUE,
  iri        TEXT    NOT NULL UNIQUE,
  owner_id   INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  token_hash TEXT    NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX gateways_by_owner ON gateways (owner_id);

CREATE TABLE entities (
  iri           TEXT    NOT NULL PRIMARY KEY,
  owner         TEXT    NOT NULL,
  gateway       TEXT,
  document      BLOB    NOT NULL,
  registered_at INTEGER NOT NULL,
  changed_at    INTEGER NOT NULL
) STRICT;
