-- Archives that were asked for; the file that each becomes is named by a text nobody can guess.
CREATE TABLE csv_exports (
  id           BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  device_id    BIGINT      NOT NULL REFERENCES devices (id),
  user_id      BIGINT      NOT NULL,
  name         TEXT        NOT NULL UNIQUE,
  requested_at TIMESTAMPTZ NOT NULL,
  finished_at  TIMESTAMPTZ,
  bytes        BIGINT,
  failure      TEXT,
  expires_at   TIMESTAMPTZ NOT NULL,
  CHECK ((finished_at IS NULL) = (bytes IS NULL)),
  CHECK (failure IS NULL OR finished_at IS NOT NULL)
);

CREATE INDEX csv_exports_by_device ON csv_exports (device_id, id);
CREATE INDEX csv_exports_waiting ON csv_exports (id) WHERE finished_at IS NULL;
CREATE INDEX csv_exports_by_age ON csv_exports (expires_at);

-- What people named may hold any character: it is kept as its bytes.
CREATE TABLE csv_uploads (
  id          BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  device_id   BIGINT      NOT NULL REFERENCES devices (id),
  user_id     BIGINT      NOT NULL,
  file        BYTEA       NOT NULL,
  outcome     TEXT        NOT NULL CHECK (outcome IN ('kept', 'refused', 'broken_off')),
  bytes       BIGINT      NOT NULL,
  rows        BIGINT      NOT NULL,
  readings    BIGINT      NOT NULL,
  report      BYTEA       NOT NULL,
  uploaded_at TIMESTAMPTZ NOT NULL
);

CREATE INDEX csv_uploads_by_device ON csv_uploads (device_id, id);

-- Mail that waits for the mail server. One event makes one mail, however often it is told.
CREATE TABLE mails (
  id         BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  event      TEXT        NOT NULL UNIQUE,
  recipient  BYTEA       NOT NULL,
  subject    BYTEA       NOT NULL,
  body       BYTEA       NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  attempts   INTEGER     NOT NULL DEFAULT 0,
  due_at     TIMESTAMPTZ NOT NULL
);

CREATE INDEX mails_due ON mails (due_at, id);
