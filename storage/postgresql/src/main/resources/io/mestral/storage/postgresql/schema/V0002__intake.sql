-- Devices that belong to nobody yet, and what they sent. Registering one copies its token: which of
-- them is registered is seen by the devices.
CREATE TABLE orphans (
  id           BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  session      UUID        NOT NULL UNIQUE,
  token_hash   TEXT        NOT NULL UNIQUE,
  token_cipher BYTEA       NOT NULL,
  name         TEXT,
  description  TEXT,
  exposure     TEXT,
  latitude     DOUBLE PRECISION,
  longitude    DOUBLE PRECISION,
  user_tags    TEXT,
  handshake    BOOLEAN     NOT NULL,
  held_number  INTEGER     NOT NULL DEFAULT 0,
  held_bytes   BIGINT      NOT NULL DEFAULT 0,
  created_at   TIMESTAMPTZ NOT NULL,
  updated_at   TIMESTAMPTZ NOT NULL
);

CREATE INDEX orphans_by_age ON orphans (updated_at);
CREATE INDEX orphans_holding ON orphans (held_bytes) WHERE held_bytes > 0;

CREATE TABLE held_messages (
  id         BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  orphan_id  BIGINT      NOT NULL REFERENCES orphans (id) ON DELETE CASCADE,
  kind       TEXT        NOT NULL CHECK (kind IN ('readings', 'readings_raw', 'info')),
  payload    BYTEA       NOT NULL,
  arrived_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX held_messages_by_orphan ON held_messages (orphan_id, id);
CREATE INDEX held_messages_by_age ON held_messages (arrived_at);

CREATE TABLE quarantine (
  id         BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  device_id  BIGINT      NOT NULL REFERENCES devices (id),
  entry      BYTEA       NOT NULL,
  reason     BYTEA       NOT NULL,
  arrived_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX quarantine_by_device ON quarantine (device_id, id);

CREATE TABLE forwarding_access (
  user_id         BIGINT PRIMARY KEY REFERENCES users (id),
  username_hash   TEXT  NOT NULL UNIQUE,
  username_cipher BYTEA NOT NULL,
  token_hash      TEXT  NOT NULL UNIQUE,
  token_cipher    BYTEA NOT NULL
);

CREATE TABLE forwarding_destinations (
  id   BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  name TEXT NOT NULL UNIQUE
);

CREATE TABLE device_destinations (
  device_id      BIGINT PRIMARY KEY REFERENCES devices (id),
  destination_id BIGINT NOT NULL REFERENCES forwarding_destinations (id)
);

CREATE TABLE device_notices (
  device_id BIGINT      NOT NULL REFERENCES devices (id),
  kind      TEXT        NOT NULL CHECK (kind IN ('low_battery', 'stopped_publishing', 'errors')),
  told_at   TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (device_id, kind)
);

CREATE INDEX devices_watched ON devices (id)
  WHERE workflow_state = 'active' AND (notify_low_battery OR notify_stopped_publishing);
