-- What stood in a database whose last step was the first. Never changed once released.
INSERT INTO users (uuid, username, username_folded, email, email_folded, password_hash, role_mask,
  city, country_code, url, legacy_api_key, created_at, updated_at)
VALUES ('5f6ee6b2-8b0a-4d0e-9d3b-3f2a1c3c0001', 'ada', 'ada', 'ada@example.org', 'ada@example.org',
  '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA', 0, 'Turin', 'IT', NULL, repeat('0', 40),
  '2026-11-20T12:00:00Z', '2026-11-20T12:00:00Z');
INSERT INTO user_tokens (hash, cipher, user_id, kind, created_at)
VALUES ('hash of her key', '\x01', 1, 'private', '2026-11-20T12:00:00Z');
INSERT INTO devices (uuid, owner_id, name, token_hash, token_cipher, mac_address, latitude, longitude,
  is_private, precise_location, enable_forwarding, is_test, notify_low_battery,
  notify_stopped_publishing, created_at, updated_at)
VALUES ('5f6ee6b2-8b0a-4d0e-9d3b-3f2a1c3c0002', 1, 'roof', 'hash of its token', '\x02',
  'a0:b1:c2:d3:e4:f5', 41.39, 2.17, false, true, false, false, true, false,
  '2026-11-20T12:00:00Z', '2026-11-20T12:00:00Z');
INSERT INTO components (uuid, device_id, sensor_id, key, created_at, updated_at)
VALUES ('5f6ee6b2-8b0a-4d0e-9d3b-3f2a1c3c0003', 1, 55, 'temp', '2026-11-20T12:00:00Z',
  '2026-11-20T12:00:00Z');
INSERT INTO ingest_errors (device_id, topic, message, error_class, error_message, created_at)
VALUES (1, 'device/sck/…/readings', '{broken', 'MalformedMessage', 'Message not parsed: x',
  '2026-11-20T12:00:00Z');
INSERT INTO inventory (report, created_at) VALUES (NULL, '2026-11-20T12:00:00Z');
