-- Keys that the node proves its messages with and is written to by, and whom it believes.
CREATE TABLE node_keys (
  name       TEXT    NOT NULL PRIMARY KEY,
  public_key TEXT    NOT NULL,
  hash       TEXT    NOT NULL,
  cipher     BLOB    NOT NULL,
  created_at INTEGER NOT NULL,
  ends_at    INTEGER
) STRICT;

CREATE TABLE trusted_keys (
  id         TEXT    NOT NULL PRIMARY KEY,
  kind       TEXT    NOT NULL,
  controller TEXT    NOT NULL,
  material   TEXT    NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
