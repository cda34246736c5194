-- Accounts, what was booked on them, and what was bought. Sums are decimals as they were written.
CREATE TABLE accounts (
  id              BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  holder          TEXT COLLATE "C" NOT NULL,
  currency        TEXT COLLATE "C" NOT NULL,
  credit_limit    TEXT        NOT NULL,
  minimum_deposit TEXT        NOT NULL,
  balance         TEXT        NOT NULL,
  last_sequence   BIGINT      NOT NULL,
  opened_at       TIMESTAMPTZ NOT NULL,
  CONSTRAINT accounts_holder_currency UNIQUE (holder, currency)
);

CREATE TABLE account_transactions (
  account_id         BIGINT      NOT NULL REFERENCES accounts (id),
  sequence           BIGINT      NOT NULL,
  amount             TEXT        NOT NULL,
  booked_at          TIMESTAMPTZ NOT NULL,
  counter_account_id BIGINT,
  contract           TEXT,
  remark             TEXT,
  PRIMARY KEY (account_id, sequence)
);

CREATE TABLE contracts (
  iri           TEXT COLLATE "C" PRIMARY KEY,
  nonce         TEXT COLLATE "C" NOT NULL UNIQUE,
  client        TEXT        NOT NULL,
  provider      TEXT        NOT NULL,
  item          TEXT        NOT NULL,
  price         TEXT        NOT NULL,
  currency      TEXT        NOT NULL,
  key_hash      TEXT COLLATE "C" UNIQUE,
  request       TEXT,
  valid_from    TIMESTAMPTZ NOT NULL,
  valid_through TIMESTAMPTZ NOT NULL,
  fulfilled_at  TIMESTAMPTZ,
  revoked_at    TIMESTAMPTZ
);
