-- What people look like and how they want to be written to; and, of those who left, whether their
-- readings go with them.
ALTER TABLE users ADD COLUMN picture TEXT;
ALTER TABLE users ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
ALTER TABLE users ADD COLUMN time_zone TEXT NOT NULL DEFAULT 'Etc/UTC';
ALTER TABLE users ADD COLUMN mails TEXT NOT NULL
  DEFAULT 'archives,errors,low_battery,stopped_publishing';
ALTER TABLE users ADD COLUMN digested_at INTEGER;
ALTER TABLE devices ADD COLUMN erase_readings INTEGER NOT NULL DEFAULT 0
  CHECK (erase_readings IN (0, 1));

CREATE INDEX users_leaving ON users (archived_at, id) WHERE workflow_state = 'archived';
CREATE INDEX devices_leaving ON devices (archived_at, id) WHERE workflow_state = 'archived';

CREATE TABLE profile_pictures (
  user_id INTEGER PRIMARY KEY REFERENCES users (id),
  name    TEXT NOT NULL UNIQUE,
  type    TEXT NOT NULL,
  bytes   BLOB NOT NULL
) STRICT;

CREATE TABLE password_resets (
  user_id    INTEGER PRIMARY KEY REFERENCES users (id),
  hash       TEXT    NOT NULL UNIQUE,
  expires_at INTEGER NOT NULL
) STRICT;

CREATE INDEX password_resets_by_age ON password_resets (expires_at);

-- Who made and who used one is only a number: they may have left.
CREATE TABLE invitations (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  hash       TEXT    NOT NULL UNIQUE,
  made_by    INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_by    INTEGER
) STRICT;

-- What people did. Rows are only added, and removed when they are old.
CREATE TABLE audit_log (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  at       INTEGER NOT NULL,
  actor_id INTEGER,
  action   TEXT    NOT NULL,
  object   TEXT,
  owner_id INTEGER,
  address  TEXT    NOT NULL,
  status   INTEGER NOT NULL,
  fields   TEXT    NOT NULL
) STRICT;

CREATE INDEX audit_log_by_age ON audit_log (at);
CREATE INDEX audit_log_by_actor ON audit_log (actor_id, id);
CREATE INDEX audit_log_by_owner ON audit_log (owner_id, id);
