-- Words that devices, and sensors, are marked with.
CREATE TABLE tags (
  id          BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  uuid        UUID        NOT NULL UNIQUE,
  name        TEXT        NOT NULL,
  name_folded TEXT        NOT NULL UNIQUE,
  description TEXT,
  created_at  TIMESTAMPTZ NOT NULL,
  updated_at  TIMESTAMPTZ NOT NULL
);

CREATE TABLE device_tags (
  device_id BIGINT NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
  tag_id    BIGINT NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
  PRIMARY KEY (device_id, tag_id)
);

CREATE INDEX device_tags_by_tag ON device_tags (tag_id);

CREATE TABLE sensor_tags (
  id          BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  uuid        UUID        NOT NULL UNIQUE,
  name        TEXT        NOT NULL,
  name_folded TEXT        NOT NULL UNIQUE,
  description TEXT,
  created_at  TIMESTAMPTZ NOT NULL,
  updated_at  TIMESTAMPTZ NOT NULL
);

CREATE TABLE tagged_sensors (
  sensor_id INTEGER NOT NULL REFERENCES sensors (id),
  tag_id    BIGINT  NOT NULL REFERENCES sensor_tags (id) ON DELETE CASCADE,
  PRIMARY KEY (sensor_id, tag_id)
);

CREATE INDEX tagged_sensors_by_tag ON tagged_sensors (tag_id);

CREATE TABLE experiments (
  id          BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  owner_id    BIGINT      NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name        TEXT        NOT NULL,
  description TEXT,
  is_test     BOOLEAN     NOT NULL,
  starts_at   TIMESTAMPTZ,
  ends_at     TIMESTAMPTZ,
  created_at  TIMESTAMPTZ NOT NULL,
  updated_at  TIMESTAMPTZ NOT NULL
);

CREATE INDEX experiments_by_owner ON experiments (owner_id);

CREATE TABLE experiment_devices (
  experiment_id BIGINT NOT NULL REFERENCES experiments (id) ON DELETE CASCADE,
  device_id     BIGINT NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
  PRIMARY KEY (experiment_id, device_id)
);

CREATE INDEX experiment_devices_by_device ON experiment_devices (device_id);

-- JSON that people's programs wrote may hold any character: it is kept as its bytes.
CREATE TABLE postprocessings (
  id                    BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  device_id             BIGINT      NOT NULL UNIQUE REFERENCES devices (id) ON DELETE CASCADE,
  blueprint_url         TEXT,
  hardware_url          TEXT,
  forwarding_params     TEXT,
  meta                  TEXT,
  latest_postprocessing TIMESTAMPTZ,
  created_at            TIMESTAMPTZ NOT NULL,
  updated_at            TIMESTAMPTZ NOT NULL
);

ALTER TABLE devices ADD COLUMN city TEXT;
ALTER TABLE devices ADD COLUMN country_code TEXT;

-- What is searched: words in small letters without accents, a blank before and behind each. Nothing
-- stands there until a version that knows the column wrote the row.
ALTER TABLE devices ADD COLUMN folded TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN folded TEXT NOT NULL DEFAULT '';

CREATE INDEX devices_not_folded ON devices (id) WHERE folded = '';
CREATE INDEX users_not_folded ON users (id) WHERE folded = '';
