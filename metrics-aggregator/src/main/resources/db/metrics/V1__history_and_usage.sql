-- Facts have the natural key of their record, so that a record folded again changes nothing.
-- What is derived from them is set, never added to. All times are UTC, to the microsecond.

CREATE TABLE fold_offset (
  topic text NOT NULL,
  partition integer NOT NULL,
  next_offset bigint NOT NULL,
  newest_at timestamptz NOT NULL, -- the newest time that an event from there told
  PRIMARY KEY (topic, partition)
);

CREATE TABLE state_change (
  service text NOT NULL,
  container text NOT NULL,
  id text NOT NULL,
  host text NOT NULL,
  from_state text NOT NULL,
  to_state text NOT NULL,
  at timestamptz NOT NULL,
  reason text NOT NULL,
  command_id text,
  caused_by text,
  took_millis bigint,
  resident_bytes bigint,
  failure text,
  requested_at timestamptz,
  decided_at timestamptz,
  received_at timestamptz,
  engine_at timestamptz,
  ready_at timestamptz,
  PRIMARY KEY (service, container, id)
);

-- Neighbours in time of a change that comes late.
CREATE INDEX state_change_in_time ON state_change (service, container, at);

-- Follows from state_change: each change lasts until the next one of its container.
CREATE TABLE state_interval (
  service text NOT NULL,
  container text NOT NULL,
  change_id text NOT NULL,
  state text NOT NULL,
  state_before text NOT NULL,
  started_at timestamptz NOT NULL,
  ended_at timestamptz, -- null while it lasts
  PRIMARY KEY (service, container, change_id),
  CHECK (ended_at >= started_at)
);

CREATE INDEX state_interval_in_time ON state_interval (service, started_at, ended_at);

-- Wakes that came to an end; durations in microseconds, null where not known.
CREATE TABLE wake (
  service text NOT NULL,
  container text NOT NULL,
  change_id text NOT NULL,
  woken_from text NOT NULL,
  succeeded boolean NOT NULL,
  asked_at timestamptz,
  ended_at timestamptz NOT NULL,
  latency_micros bigint,
  decided_micros bigint,
  received_micros bigint,
  engine_micros bigint,
  ready_micros bigint,
  PRIMARY KEY (service, container, change_id)
);

CREATE INDEX wake_in_time ON wake (service, ended_at);
CREATE INDEX wake_in_time_of_all ON wake (ended_at);

CREATE TABLE resource_sample (
  service text NOT NULL,
  container text NOT NULL,
  at timestamptz NOT NULL,
  host text NOT NULL,
  window_millis bigint NOT NULL,
  cpu_cores double precision NOT NULL,
  cpu_core_micros bigint NOT NULL, -- cores x window: whole numbers add up alike in any order
  cpu_limit_cores double precision,
  memory_bytes bigint NOT NULL,
  memory_limit_bytes bigint,
  pids bigint NOT NULL,
  network_rx_bytes bigint NOT NULL,
  network_tx_bytes bigint NOT NULL,
  block_read_bytes bigint NOT NULL,
  block_write_bytes bigint NOT NULL,
  PRIMARY KEY (service, container, at, host)
);

CREATE INDEX resource_sample_in_time ON resource_sample (at);

-- What a container used in the minutes, hours and days (UTC) in which its samples' windows ended.
CREATE TABLE usage_minute (
  service text NOT NULL,
  container text NOT NULL,
  bucket timestamptz NOT NULL,
  samples bigint NOT NULL,
  sampled_millis numeric NOT NULL,
  cpu_core_micros numeric NOT NULL,
  cpu_cores_max double precision NOT NULL,
  memory_byte_millis numeric NOT NULL,
  memory_bytes_max bigint NOT NULL,
  memory_bytes_min bigint NOT NULL,
  network_rx_bytes numeric NOT NULL,
  network_tx_bytes numeric NOT NULL,
  block_read_bytes numeric NOT NULL,
  block_write_bytes numeric NOT NULL,
  last_at timestamptz NOT NULL,
  sealed boolean NOT NULL DEFAULT false, -- its samples are gone, so it cannot be computed again
  PRIMARY KEY (service, container, bucket)
);

CREATE TABLE usage_hour (LIKE usage_minute INCLUDING ALL);
CREATE TABLE usage_day (LIKE usage_minute INCLUDING ALL);

CREATE INDEX usage_minute_in_time ON usage_minute (bucket);
CREATE INDEX usage_hour_in_time ON usage_hour (bucket);
CREATE INDEX usage_day_in_time ON usage_day (bucket);

-- key: the activity's id, or where it has none, where it stands in the log.
CREATE TABLE activity (
  service text NOT NULL,
  key text NOT NULL,
  kind text NOT NULL,
  at timestamptz NOT NULL,
  count bigint NOT NULL,
  PRIMARY KEY (service, key)
);

CREATE INDEX activity_in_time ON activity (service, at);

CREATE TABLE activity_minute (
  service text NOT NULL,
  kind text NOT NULL,
  bucket timestamptz NOT NULL,
  count numeric NOT NULL,
  sealed boolean NOT NULL DEFAULT false,
  PRIMARY KEY (service, kind, bucket)
);

CREATE INDEX activity_minute_in_time ON activity_minute (bucket);
