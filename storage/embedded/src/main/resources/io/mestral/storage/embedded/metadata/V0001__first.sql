-- Times are milliseconds since 1970-01-01 UTC, flags are 0 or 1, uuids are text.
-- Numbers of things are never given twice, whatever is removed: that is AUTOINCREMENT.

CREATE TABLE users (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid            TEXT    NOT NULL UNIQUE,
  username        TEXT    NOT NULL,
  username_folded TEXT    NOT NULL,
  email           TEXT    NOT NULL,
  email_folded    TEXT    NOT NULL,
  password_hash   TEXT    NOT NULL,
  role_mask       INTEGER NOT NULL,
  city            TEXT,
  country_code    TEXT,
  url             TEXT,
  legacy_api_key  TEXT    NOT NULL,
  workflow_state  TEXT    NOT NULL DEFAULT 'active' CHECK (workflow_state IN ('active', 'archived')),
  archived_at     INTEGER,
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,
  CHECK ((workflow_state = 'archived') = (archived_at IS NOT NULL))
) STRICT;

-- The names of those who left are free again.
CREATE UNIQUE INDEX users_by_username ON users (username_folded) WHERE workflow_state = 'active';
CREATE UNIQUE INDEX users_by_email ON users (email_folded) WHERE workflow_state = 'active';

CREATE TABLE user_tokens (
  hash       TEXT    NOT NULL PRIMARY KEY,
  cipher     BLOB    NOT NULL,
  user_id    INTEGER NOT NULL REFERENCES users (id),
  kind       TEXT    NOT NULL CHECK (kind IN ('private', 'session')),
  created_at INTEGER NOT NULL,
  expires_at INTEGER
) STRICT;

CREATE UNIQUE INDEX user_tokens_private ON user_tokens (user_id) WHERE kind = 'private';
CREATE INDEX user_tokens_by_user ON user_tokens (user_id, kind, created_at, hash);

CREATE TABLE measurements (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid        TEXT    NOT NULL UNIQUE,
  name        TEXT    NOT NULL UNIQUE,
  description TEXT    NOT NULL,
  unit        TEXT,
  definition  TEXT,
  created_at  INTEGER NOT NULL,
  updated_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE sensors (
  id               INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid             TEXT    NOT NULL UNIQUE,
  parent_id        INTEGER REFERENCES sensors (id) DEFERRABLE INITIALLY DEFERRED,
  name             TEXT    NOT NULL,
  description      TEXT    NOT NULL,
  default_key      TEXT    NOT NULL,
  unit             TEXT,
  measurement_id   INTEGER REFERENCES measurements (id),
  equation         TEXT    NOT NULL,
  reverse_equation TEXT    NOT NULL,
  datasheet        TEXT,
  unit_definition  TEXT,
  created_at       INTEGER NOT NULL,
  updated_at       INTEGER NOT NULL
) STRICT;

CREATE TABLE devices (
  id                        INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid                      TEXT    NOT NULL UNIQUE,
  owner_id                  INTEGER NOT NULL REFERENCES users (id),
  name                      TEXT    NOT NULL,
  description               TEXT,
  token_hash                TEXT UNIQUE,
  token_cipher              BLOB,
  mac_address               TEXT UNIQUE,
  old_mac_address           TEXT,
  latitude                  REAL,
  longitude                 REAL,
  elevation                 INTEGER,
  exposure                  TEXT,
  geohash                   TEXT,
  hardware_info             TEXT,
  hardware_name_override    TEXT,
  hardware_version_override TEXT,
  hardware_type_override    TEXT,
  hardware_slug_override    TEXT,
  is_private                INTEGER NOT NULL CHECK (is_private IN (0, 1)),
  precise_location          INTEGER NOT NULL CHECK (precise_location IN (0, 1)),
  enable_forwarding         INTEGER NOT NULL CHECK (enable_forwarding IN (0, 1)),
  is_test                   INTEGER NOT NULL CHECK (is_test IN (0, 1)),
  notify_low_battery        INTEGER NOT NULL CHECK (notify_low_battery IN (0, 1)),
  notify_stopped_publishing INTEGER NOT NULL CHECK (notify_stopped_publishing IN (0, 1)),
  meta                      TEXT,
  workflow_state            TEXT    NOT NULL DEFAULT 'active' CHECK (workflow_state IN ('active', 'archived')),
  archived_at               INTEGER,
  created_at                INTEGER NOT NULL,
  updated_at                INTEGER NOT NULL,
  CHECK ((workflow_state = 'archived') = (archived_at IS NOT NULL)),
  CHECK ((token_hash IS NULL) = (token_cipher IS NULL))
) STRICT;

CREATE INDEX devices_listed ON devices (is_private, id) WHERE workflow_state = 'active';
CREATE INDEX devices_by_owner ON devices (owner_id, workflow_state, id, is_private);

CREATE TABLE components (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid       TEXT    NOT NULL UNIQUE,
  device_id  INTEGER NOT NULL REFERENCES devices (id),
  sensor_id  INTEGER NOT NULL REFERENCES sensors (id),
  key        TEXT    NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (device_id, sensor_id),
  UNIQUE (device_id, key)
) STRICT;

CREATE TABLE ingest_errors (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  device_id     INTEGER NOT NULL REFERENCES devices (id),
  topic         TEXT    NOT NULL,
  message       TEXT    NOT NULL,
  error_class   TEXT    NOT NULL,
  error_message TEXT    NOT NULL,
  created_at    INTEGER NOT NULL
) STRICT;

CREATE INDEX ingest_errors_by_device ON ingest_errors (device_id, id);

CREATE TABLE inventory (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  report     TEXT,
  created_at INTEGER NOT NULL
) STRICT;
