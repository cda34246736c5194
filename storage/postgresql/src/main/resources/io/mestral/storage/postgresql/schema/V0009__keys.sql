-- Keys that the node proves its messages with and is written to by, and whom it believes.
CREATE TABLE node_keys (
  name       TEXT COLLATE "C" PRIMARY KEY,
  public_key TEXT        NOT NULL,
  hash       TEXT        NOT NULL,
  cipher     BYTEA       NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  ends_at    TIMESTAMPTZ
);

CREATE TABLE trusted_keys (
  id         TEXT COLLATE "C" PRIMARY KEY,
  kind       TEXT        NOT NULL,
  controller TEXT        NOT NULL,
  material   TEXT        NOT NULL,
  created_at TIMESTAMPTZ NOT NULL
);
