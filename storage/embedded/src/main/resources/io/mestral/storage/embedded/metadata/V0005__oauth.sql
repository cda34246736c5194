-- What applications are let in for, and what is known of tokens beside the tokens themselves.
CREATE TABLE oauth_applications (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  owner_id      INTEGER REFERENCES users (id) ON DELETE CASCADE,
  uid           TEXT NOT NULL UNIQUE,
  secret_hash   TEXT,
  secret_cipher BLOB,
  name          TEXT NOT NULL,
  redirect_uris TEXT NOT NULL,
  scopes        TEXT NOT NULL,
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL,
  CHECK ((secret_hash IS NULL) = (secret_cipher IS NULL))
) STRICT;

CREATE INDEX oauth_applications_by_owner ON oauth_applications (owner_id, id);

CREATE TABLE oauth_grants (
  id             TEXT NOT NULL PRIMARY KEY,
  application_id INTEGER NOT NULL REFERENCES oauth_applications (id) ON DELETE CASCADE,
  user_id        INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  scopes         TEXT NOT NULL,
  signed_in_at   INTEGER NOT NULL,
  created_at     INTEGER NOT NULL,
  expires_at     INTEGER NOT NULL
) STRICT;

CREATE INDEX oauth_grants_by_user ON oauth_grants (user_id, created_at, id);
CREATE INDEX oauth_grants_by_application ON oauth_grants (application_id);
CREATE INDEX oauth_grants_by_end ON oauth_grants (expires_at);

-- Codes have what they were asked for with; refresh tokens have nothing there.
CREATE TABLE oauth_tokens (
  hash         TEXT NOT NULL PRIMARY KEY,
  grant_id     TEXT NOT NULL REFERENCES oauth_grants (id) ON DELETE CASCADE,
  redirect_uri TEXT,
  challenge    TEXT,
  nonce        TEXT,
  created_at   INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL,
  used_at      INTEGER,
  CHECK ((redirect_uri IS NULL) = (challenge IS NULL))
) STRICT;

CREATE INDEX oauth_tokens_by_grant ON oauth_tokens (grant_id, expires_at);

-- Access tokens that ended before their time.
CREATE TABLE oauth_revoked_tokens (
  id      TEXT NOT NULL PRIMARY KEY,
  ends_at INTEGER NOT NULL
) STRICT;

CREATE INDEX oauth_revoked_tokens_by_end ON oauth_revoked_tokens (ends_at);

CREATE TABLE signing_keys (
  id         TEXT NOT NULL PRIMARY KEY,
  hash       TEXT NOT NULL,
  cipher     BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE external_identities (
  issuer  TEXT NOT NULL,
  subject TEXT NOT NULL,
  user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  PRIMARY KEY (issuer, subject)
) STRICT;

CREATE INDEX external_identities_by_user ON external_identities (user_id);

CREATE TABLE named_tokens (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  hash       TEXT NOT NULL UNIQUE,
  user_id    INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name       TEXT NOT NULL,
  scopes     TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER
) STRICT;

CREATE INDEX named_tokens_by_user ON named_tokens (user_id, id);

CREATE TABLE token_uses (
  hash    TEXT NOT NULL PRIMARY KEY,
  used_at INTEGER NOT NULL
) STRICT;

-- The token a device has, or one it had before, and when it ends.
CREATE TABLE device_token_ends (
  hash      TEXT NOT NULL PRIMARY KEY,
  device_id INTEGER NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
  ends_at   INTEGER NOT NULL
) STRICT;

CREATE INDEX device_token_ends_by_device ON device_token_ends (device_id);
CREATE INDEX device_token_ends_by_end ON device_token_ends (ends_at);
