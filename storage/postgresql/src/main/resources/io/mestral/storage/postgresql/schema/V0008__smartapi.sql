-- Machines that manage devices, and the Entities that were made known here.
CREATE TABLE gateways (
  id         BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  name       TEXT        NOT NULL UNIQUE,
  iri        TEXT        NOT NULL UNIQUE,
  owner_id   BIGINT      NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  token_hash TEXT        NOT NULL UNIQUE,
  created_at TIMESTAMPTZ NOT NULL,
  updated_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX gateways_by_owner ON gateways (owner_id);

-- Both engines page through them in the same order, by code point.
CREATE TABLE entities (
  iri           TEXT COLLATE "C" PRIMARY KEY,
  owner         TEXT        NOT NULL,
  gateway       TEXT,
  document      BYTEA       NOT NULL,
  registered_at TIMESTAMPTZ NOT NULL,
  changed_at    TIMESTAMPTZ NOT NULL
);
