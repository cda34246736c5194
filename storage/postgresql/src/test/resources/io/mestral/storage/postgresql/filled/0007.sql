-- What the seventh step added. Never changed once released.
INSERT INTO tags (uuid, name, name_folded, description, created_at, updated_at)
VALUES ('00000000-0000-0000-0000-0000000000a1', 'Roof', 'roof', 'On top', '2026-11-20T12:00:00Z',
  '2026-11-20T12:00:00Z');
INSERT INTO device_tags (device_id, tag_id) VALUES (1, 1);
INSERT INTO sensor_tags (uuid, name, name_folded, created_at, updated_at)
VALUES ('00000000-0000-0000-0000-0000000000a2', 'raw', 'raw', '2026-11-20T12:00:00Z',
  '2026-11-20T12:00:00Z');
INSERT INTO tagged_sensors (sensor_id, tag_id) VALUES (55, 1);
INSERT INTO experiments (owner_id, name, is_test, starts_at, created_at, updated_at)
VALUES (1, 'Street', false, '2026-11-19T12:00:00Z', '2026-11-20T12:00:00Z',
  '2026-11-20T12:00:00Z');
INSERT INTO experiment_devices (experiment_id, device_id) VALUES (1, 1);
INSERT INTO postprocessings (device_id, blueprint_url, meta, created_at, updated_at)
VALUES (1, 'https://example.org', '{}', '2026-11-20T12:00:00Z', '2026-11-20T12:00:00Z');
UPDATE devices SET city = 'Barcelona', country_code = 'ES', folded = ' roof barcelona spain ';
UPDATE users SET folded = ' ada ';
