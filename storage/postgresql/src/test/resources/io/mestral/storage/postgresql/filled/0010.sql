-- What the tenth step added. Never changed once released.
INSERT INTO accounts (holder, currency, credit_limit, minimum_deposit, balance, last_sequence, opened_at)
VALUES ('https://example.org/id/ada', 'EUR', '5.00', '0', '9.75', 2, '2026-11-24T12:00:00Z'),
  ('https://example.org/id/grace', 'EUR', '0', '0', '0.25', 1, '2026-11-24T12:00:00Z');
INSERT INTO account_transactions (account_id, sequence, amount, booked_at, counter_account_id, contract, remark)
SELECT id, 1, '10.00', '2026-11-24T12:00:00Z', NULL, NULL, 'Deposit' FROM accounts WHERE holder = 'https://example.org/id/ada';
INSERT INTO account_transactions (account_id, sequence, amount, booked_at, counter_account_id, contract, remark)
SELECT id, 2, '-0.25', '2026-11-24T12:01:00Z', id + 1, 'https://example.org/contracts/1', NULL FROM accounts WHERE holder = 'https://example.org/id/ada';
INSERT INTO account_transactions (account_id, sequence, amount, booked_at, counter_account_id, contract, remark)
SELECT id, 1, '0.25', '2026-11-24T12:01:00Z', id - 1, 'https://example.org/contracts/1', NULL FROM accounts WHERE holder = 'https://example.org/id/grace';
INSERT INTO contracts (iri, nonce, client, provider, item, price, currency, key_hash, request, valid_from, valid_through, fulfilled_at, revoked_at)
VALUES ('https://example.org/contracts/1', 'q3Yl0mB7c2', 'https://example.org/id/ada', 'https://example.org/id/grace',
  'https://example.org/id/room-5', '0.25', 'EUR', 'hash-of-licence', 'urn:uuid:00000000-0000-4000-8000-000000000032',
  '2026-11-24T12:01:00Z', '2026-11-25T12:00:00Z', '2026-11-24T12:01:01Z', NULL);
