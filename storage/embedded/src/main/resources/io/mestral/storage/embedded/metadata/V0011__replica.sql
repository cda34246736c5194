-- What a node has from the node above: everything as it was told, and whose users and devices are.
CREATE TABLE replica_records (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  tag  TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE replica_users (
  user_id    INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  token_hash TEXT UNIQUE,
  token_ends INTEGER
) STRICT;

CREATE TABLE replica_devices (
  device_id  INTEGER PRIMARY KEY REFERENCES devices (id) ON DELETE CASCADE,
  updated_at INTEGER NOT NULL
) STRICT;

-- How far it is: of one node above.
CREATE TABLE replica_standing (
  one       INTEGER PRIMARY KEY CHECK (one = 1),
  number    INTEGER NOT NULL,
  signed_by TEXT    NOT NULL,
  token_key BLOB    NOT NULL
) STRICT;

-- Numbers that devices made here get; where there are none they get the next one.
CREATE TABLE device_numbers (
  first INTEGER PRIMARY KEY,
  last  INTEGER NOT NULL,
  next  INTEGER NOT NULL
) STRICT;

-- Numbers that were given away to edges.
CREATE TABLE edge_numbers (
  first INTEGER PRIMARY KEY,
  last  INTEGER NOT NULL,
  edge  TEXT    NOT NULL
) STRICT;

CREATE INDEX edge_numbers_by_edge ON edge_numbers (edge, first);
