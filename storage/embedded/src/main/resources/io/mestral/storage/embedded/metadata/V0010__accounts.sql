-- Accounts, what was booked on them, and what was bought. Sums are decimals as they were written.
CREATE TABLE accounts (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  holder          TEXT    NOT NULL,
  currency        TEXT    NOT NULL,
  credit_limit    TEXT    NOT NULL,
  minimum_deposit TEXT    NOT NULL,
  balance         TEXT    NOT NULL,
  last_sequence   INTEGER NOT NULL,
  opened_at       INTEGER NOT NULL,
  UNIQUE (holder, currency)
) STRICT;

CREATE TABLE account_transactions (
  account_id         INTEGER NOT NULL REFERENCES accounts (id),
  sequence           INTEGER NOT NULL,
  amount             TEXT    NOT NULL,
  booked_at          INTEGER NOT NULL,
  counter_account_id INTEGER,
  contract           TEXT,
  remark             TEXT,
  PRIMARY KEY (account_id, sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE contracts (
  iri           TEXT    NOT NULL PRIMARY KEY,
  nonce         TEXT    NOT NULL UNIQUE,
  client        TEXT    NOT NULL,
  provider      TEXT    NOT NULL,
  item          TEXT    NOT NULL,
  price         TEXT    NOT NULL,
  currency      TEXT    NOT NULL,
  key_hash      TEXT    UNIQUE,
  request       TEXT,
  valid_from    INTEGER NOT NULL,
  valid_through INTEGER NOT NULL,
  fulfilled_at  INTEGER,
  revoked_at    INTEGER
) STRICT;
