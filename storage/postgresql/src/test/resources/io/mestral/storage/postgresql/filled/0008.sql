-- What the eighth step added. Never changed once released.
INSERT INTO gateways (name, iri, owner_id, token_hash, created_at, updated_at)
VALUES ('roof', 'https://example.org/id/roof', 1, 'hash-of-roof', '2026-11-23T12:00:00Z',
  '2026-11-23T12:00:00Z');
INSERT INTO entities (iri, owner, gateway, document, registered_at, changed_at)
VALUES ('https://example.org/id/lamp', 'https://example.org/id/ada', 'roof', '\x2e',
  '2026-11-23T12:00:00Z', '2026-11-23T12:00:00Z');
