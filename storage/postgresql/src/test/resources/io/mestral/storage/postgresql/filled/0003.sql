-- What the third step added. Never changed once released.
INSERT INTO csv_exports (device_id, user_id, name, requested_at, finished_at, bytes, expires_at)
VALUES (1, 1, 'nobody guesses', '2026-11-20T12:00:00Z', '2026-11-20T12:00:09Z', 7,
  '2026-11-21T12:00:09Z');
INSERT INTO csv_uploads (device_id, user_id, file, outcome, bytes, rows, readings, report,
  uploaded_at)
VALUES (1, 1, '26-02-03.CSV', 'kept', 120, 2, 2, '{}', '2026-11-20T12:00:00Z');
INSERT INTO mails (event, recipient, subject, body, created_at, due_at)
VALUES ('export/1', 'ada@example.org', 'Ready', 'It is', '2026-11-20T12:00:00Z',
  '2026-11-20T12:00:00Z');
