-- What the fifth step added. Never changed once released.
INSERT INTO oauth_applications (owner_id, uid, secret_hash, secret_cipher, name, redirect_uris,
  scopes, created_at, updated_at)
VALUES (1, 'notes', 'hash of its secret', '\x03', 'Field notes', 'https://app.example.org/callback',
  'profile devices:read', '2026-11-20T12:00:00Z', '2026-11-20T12:00:00Z');
INSERT INTO oauth_grants (id, application_id, user_id, scopes, signed_in_at, created_at, expires_at)
VALUES ('5f6ee6b2-8b0a-4d0e-9d3b-3f2a1c3c0006', 1, 1, 'profile', '2026-11-20T12:00:00Z',
  '2026-11-20T12:00:00Z', '2026-12-20T12:00:00Z');
INSERT INTO oauth_tokens (hash, grant_id, created_at, expires_at)
VALUES ('hash of a refresh token', '5f6ee6b2-8b0a-4d0e-9d3b-3f2a1c3c0006', '2026-11-20T12:00:00Z',
  '2026-12-20T12:00:00Z');
INSERT INTO oauth_revoked_tokens (id, ends_at) VALUES ('one', '2026-11-20T12:15:00Z');
INSERT INTO signing_keys (id, hash, cipher, created_at)
VALUES ('first', 'hash of a key', '\x04', '2026-11-20T12:00:00Z');
INSERT INTO external_identities (issuer, subject, user_id)
VALUES ('https://id.example.org', 'ada', 1);
INSERT INTO named_tokens (hash, user_id, name, scopes, created_at)
VALUES ('hash of a named token', 1, 'script', 'readings:write', '2026-11-20T12:00:00Z');
INSERT INTO token_uses (hash, used_at) VALUES ('hash of her key', '2026-11-20T12:00:00Z');
INSERT INTO device_token_ends (hash, device_id, ends_at)
VALUES ('hash of its former token', 1, '2026-11-21T12:00:00Z');
