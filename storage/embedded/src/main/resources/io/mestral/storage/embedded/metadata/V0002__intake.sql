-- Devices that belong to nobody yet, and what they sent. Registering one copies its token: which of
-- them is registered is seen by the devices.
CREATE TABLE orphans (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  session      TEXT    NOT NULL UNIQUE,
  token_hash   TEXT    NOT NULL UNIQUE,
  token_cipher BLOB    NOT NULL,
  name         TEXT,
  description  TEXT,
  exposure     TEXT,
  latitude     REAL,
  longitude    REAL,
  user_tags    TEXT,
  handshake    INTEGER NOT NULL CHECK (handshake IN (0, 1)),
  held_bytes   INTEGER NOT NULL DEFAULT 0,
  created_at   INTEGER NOT NULL,
  updated_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX orphans_by_age ON orphans (updated_at);
CREATE INDEX orphans_holding ON orphans (held_bytes) WHERE held_bytes > 0;

CREATE TABLE held_messages (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  orphan_id  INTEGER NOT NULL REFERENCES orphans (id),
  kind       TEXT    NOT NULL CHECK (kind IN ('readings', 'readings_raw', 'info')),
  payload    BLOB    NOT NULL,
  arrived_at INTEGER NOT NULL
) STRICT;

CREATE INDEX held_messages_by_orphan ON held_messages (orphan_id, id);
CREATE INDEX held_messages_by_age ON held_messages (arrived_at);

CREATE TABLE quarantine (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  device_id  INTEGER NOT NULL REFERENCES devices (id),
  entry      TEXT    NOT NULL,
  reason     TEXT    NOT NULL,
  arrived_at INTEGER NOT NULL
) STRICT;

CREATE INDEX quarantine_by_device ON quarantine (device_id, id);

CREATE TABLE forwarding_access (
  user_id         INTEGER PRIMARY KEY REFERENCES users (id),
  username_hash   TEXT NOT NULL UNIQUE,
  username_cipher BLOB NOT NULL,
  token_hash      TEXT NOT NULL UNIQUE,
  token_cipher    BLOB NOT NULL
) STRICT;

CREATE TABLE forwarding_destinations (
  id   INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE device_destinations (
  device_id      INTEGER PRIMARY KEY REFERENCES devices (id),
  destination_id INTEGER NOT NULL REFERENCES forwarding_destinations (id)
) STRICT;

CREATE TABLE device_notices (
  device_id INTEGER NOT NULL REFERENCES devices (id),
  kind      TEXT    NOT NULL CHECK (kind IN ('low_battery', 'stopped_publishing', 'errors')),
  told_at   INTEGER NOT NULL,
  PRIMARY KEY (device_id, kind)
) STRICT;

CREATE INDEX devices_watched ON devices (id)
  WHERE workflow_state = 'active' AND notify_low_battery + notify_stopped_publishing > 0;
