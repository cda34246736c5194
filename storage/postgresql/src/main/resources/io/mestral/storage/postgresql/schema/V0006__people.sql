-- What people look like and how they want to be written to; and, of those who left, whether their
-- readings go with them.
ALTER TABLE users ADD COLUMN picture TEXT;
ALTER TABLE users ADD COLUMN language TEXT NOT NULL DEFAULT 'en';
ALTER TABLE users ADD COLUMN time_zone TEXT NOT NULL DEFAULT 'Etc/UTC';
ALTER TABLE users ADD COLUMN mails TEXT NOT NULL
  DEFAULT 'archives,errors,low_battery,stopped_publishing';
ALTER TABLE users ADD COLUMN digested_at TIMESTAMPTZ;
ALTER TABLE devices ADD COLUMN erase_readings BOOLEAN NOT NULL DEFAULT FALSE;

CREATE INDEX users_leaving ON users (archived_at, id) WHERE workflow_state = 'archived';
CREATE INDEX devices_leaving ON devices (archived_at, id) WHERE workflow_state = 'archived';

CREATE TABLE profile_pictures (
  user_id BIGINT PRIMARY KEY REFERENCES users (id),
  name    TEXT NOT NULL UNIQUE,
  type    TEXT NOT NULL,
  bytes   BYTEA NOT NULL
);

CREATE TABLE password_resets (
  user_id    BIGINT PRIMARY KEY REFERENCES users (id),
  hash       TEXT    NOT NULL UNIQUE,
  expires_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX password_resets_by_age ON password_resets (expires_at);

-- Who made and who used one is only a number: they may have left.
CREATE TABLE invitations (
  id         BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  hash       TEXT    NOT NULL UNIQUE,
  made_by    BIGINT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL,
  used_by    BIGINT
);

-- What people did. Rows are only added, and removed when they are old.
CREATE TABLE audit_log (
  id       BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  at       TIMESTAMPTZ NOT NULL,
  actor_id BIGINT,
  action   TEXT    NOT NULL,
  object   BYTEA,
  owner_id BIGINT,
  address  TEXT    NOT NULL,
  status   INTEGER NOT NULL,
  fields   TEXT    NOT NULL
);

CREATE INDEX audit_log_by_age ON audit_log (at);
CREATE INDEX audit_log_by_actor ON audit_log (actor_id, id);
CREATE INDEX audit_log_by_owner ON audit_log (owner_id, id);
