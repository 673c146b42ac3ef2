-- Disk that a container held when the sample was taken; null: not measured since the sample before.
ALTER TABLE sample ADD COLUMN storage_bytes bigint;

-- What definitions set aside of it.
ALTER TABLE definition ADD COLUMN storage_bytes bigint;

-- Disk as measured within an hour, whatever the state. Always computed anew, never added to. An hour
-- without a row: as in the last one before it that has one.
CREATE TABLE storage_hour (
  service   text        NOT NULL,
  container text        NOT NULL,
  hour      timestamptz NOT NULL,
  byte_sum  numeric     NOT NULL,
  measures  bigint      NOT NULL CHECK (measures > 0),
  PRIMARY KEY (service, container, hour)
);
