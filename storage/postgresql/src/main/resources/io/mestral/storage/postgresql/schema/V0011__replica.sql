-- What a node has from the node above: everything as it was told, and whose users and devices are.
CREATE TABLE replica_records (
  kind TEXT COLLATE "C" NOT NULL,
  name TEXT COLLATE "C" NOT NULL,
  tag  TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (kind, name)
);

CREATE TABLE replica_users (
  user_id    BIGINT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  token_hash TEXT UNIQUE,
  token_ends TIMESTAMPTZ
);

CREATE TABLE replica_devices (
  device_id  BIGINT PRIMARY KEY REFERENCES devices (id) ON DELETE CASCADE,
  updated_at TIMESTAMPTZ NOT NULL
);

-- How far it is: of one node above.
CREATE TABLE replica_standing (
  one       INTEGER PRIMARY KEY CHECK (one = 1),
  number    BIGINT NOT NULL,
  signed_by TEXT   NOT NULL,
  token_key BYTEA  NOT NULL
);

-- Numbers that devices made here get; where there are none they get the next one.
CREATE TABLE device_numbers (
  first BIGINT PRIMARY KEY,
  last  BIGINT NOT NULL,
  next  BIGINT NOT NULL
);

-- Numbers that were given away to edges.
CREATE TABLE edge_numbers (
  first BIGINT PRIMARY KEY,
  last  BIGINT NOT NULL,
  edge  TEXT   NOT NULL
);

CREATE INDEX edge_numbers_by_edge ON edge_numbers (edge, first);
