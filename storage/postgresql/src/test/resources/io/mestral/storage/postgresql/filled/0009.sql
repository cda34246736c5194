-- What the ninth step added. Never changed once released.
INSERT INTO node_keys (name, public_key, hash, cipher, created_at, ends_at)
VALUES ('key-1', 'z6MkehRgf7yJbgaGfYsdoAsKdBPE3dj2CYhowQdcjqSJgvVd', 'hash-of-key', '\x2e',
  '2026-11-23T12:00:00Z', '2026-12-23T12:00:00Z');
INSERT INTO trusted_keys (id, kind, controller, material, created_at)
VALUES ('https://example.org/id/ada#key-1', 'key', 'https://example.org/id/ada',
  'z6MkehRgf7yJbgaGfYsdoAsKdBPE3dj2CYhowQdcjqSJgvVd', '2026-11-23T12:00:00Z');
