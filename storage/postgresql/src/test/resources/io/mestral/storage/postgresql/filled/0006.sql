-- What the sixth step added. Never changed once released.
INSERT INTO profile_pictures (user_id, name, type, bytes) VALUES (1, 'abc', 'image/png', '\x00');
INSERT INTO password_resets (user_id, hash, expires_at)
VALUES (1, 'hash', '2026-11-21T12:00:00Z');
INSERT INTO invitations (hash, made_by, created_at, expires_at)
VALUES ('hash', 1, '2026-11-20T12:00:00Z', '2026-11-27T12:00:00Z');
INSERT INTO audit_log (at, actor_id, action, object, owner_id, address, status, fields)
VALUES ('2026-11-20T12:00:00Z', 1, 'PATCH /v0/devices/:id', '7', 1, '127.0.0.1', 200, 'name');
