-- What the second step added. Never changed once released.
INSERT INTO orphans (session, token_hash, token_cipher, name, handshake, held_number, held_bytes,
  created_at, updated_at)
VALUES ('5f6ee6b2-8b0a-4d0e-9d3b-3f2a1c3c0004', 'hash of another', '\x03', 'balcony', true, 1, 2,
  '2026-11-20T12:00:00Z', '2026-11-20T12:00:00Z');
INSERT INTO held_messages (orphan_id, kind, payload, arrived_at)
VALUES (1, 'info', '{}', '2026-11-20T12:00:00Z');
INSERT INTO quarantine (device_id, entry, reason, arrived_at)
VALUES (1, '{}', 'Timestamp', '2026-11-20T12:00:00Z');
INSERT INTO forwarding_access (user_id, username_hash, username_cipher, token_hash, token_cipher)
VALUES (1, 'hash of a name', '\x04', 'hash of a key', '\x05');
INSERT INTO forwarding_destinations (name) VALUES ('project-x');
INSERT INTO device_destinations (device_id, destination_id) VALUES (1, 1);
INSERT INTO device_notices (device_id, kind, told_at)
VALUES (1, 'low_battery', '2026-11-20T12:00:00Z');
