-- Archives that were asked for; the file that each becomes is named by a text nobody can guess.
CREATE TABLE csv_exports (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  device_id    INTEGER NOT NULL REFERENCES devices (id),
  user_id      INTEGER NOT NULL,
  name         TEXT    NOT NULL UNIQUE,
  requested_at INTEGER NOT NULL,
  finished_at  INTEGER,
  bytes        INTEGER,
  failure      TEXT,
  expires_at   INTEGER NOT NULL,
  CHECK ((finished_at IS NULL) = (bytes IS NULL)),
  CHECK (failure IS NULL OR finished_at IS NOT NULL)
) STRICT;

CREATE INDEX csv_exports_by_device ON csv_exports (device_id, id);
CREATE INDEX csv_exports_waiting ON csv_exports (id) WHERE finished_at IS NULL;
CREATE INDEX csv_exports_by_age ON csv_exports (expires_at);

CREATE TABLE csv_uploads (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  device_id   INTEGER NOT NULL REFERENCES devices (id),
  user_id     INTEGER NOT NULL,
  file        TEXT    NOT NULL,
  outcome     TEXT    NOT NULL CHECK (outcome IN ('kept', 'refused', 'broken_off')),
  bytes       INTEGER NOT NULL,
  rows        INTEGER NOT NULL,
  readings    INTEGER NOT NULL,
  report      TEXT    NOT NULL,
  uploaded_at INTEGER NOT NULL
) STRICT;

CREATE INDEX csv_uploads_by_device ON csv_uploads (device_id, id);

-- Mail that waits for the mail server. One event makes one mail, however often it is told.
CREATE TABLE mails (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  event      TEXT    NOT NULL UNIQUE,
  recipient  TEXT    NOT NULL,
  subject    TEXT    NOT NULL,
  body       TEXT    NOT NULL,
  created_at INTEGER NOT NULL,
  attempts   INTEGER NOT NULL DEFAULT 0,
  due_at     INTEGER NOT NULL
) STRICT;

CREATE INDEX mails_due ON mails (due_at, id);
