-- What the eleventh step added. Never changed once released.
INSERT INTO replica_records (kind, name, tag, body)
VALUES ('measurement', '00000000-0000-4000-8000-0000000000aa', 'tag-1', '{"name":"Mood"}');
INSERT INTO replica_users (user_id, token_hash, token_ends)
SELECT min(id), 'shared-hash', '2027-01-01T00:00:00Z' FROM users;
INSERT INTO replica_devices (device_id, updated_at) SELECT min(id), '2026-11-24T12:00:00Z' FROM devices;
INSERT INTO replica_standing (one, number, signed_by, token_key) VALUES (1, 7, 'z6MkKey', '\x2e');
INSERT INTO device_numbers (first, last, next) VALUES (5001, 6000, 5004);
INSERT INTO edge_numbers (first, last, edge) VALUES (6001, 7000, 'hill'), (7001, 8000, 'dale');
