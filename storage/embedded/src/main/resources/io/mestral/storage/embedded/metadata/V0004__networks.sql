-- From which network an orphan is set up, so that none takes all the room there is.
ALTER TABLE orphans ADD COLUMN network TEXT NOT NULL DEFAULT '';

CREATE INDEX orphans_by_network ON orphans (network, updated_at);
