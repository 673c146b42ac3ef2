-- Details (samples, activity) by day, so that a day goes by dropping its table. Sketches and levels
-- minute, hour, day for all that is summed up. What is to be computed again is noted in "dirty", in
-- the transaction of the rows it follows from.

-- The slot of a value in a sketch: 32 of equal width within each power of two, exact below 64.
-- dev.catnap.metrics.sketch.Slots is the same in Java.
CREATE FUNCTION sketch_slot(value bigint) RETURNS integer LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT CASE WHEN v < 64 THEN greatest(v, 0)::integer
    ELSE ((e - 5) * 32 + (v >> (e - 5)))::integer END
  FROM (SELECT w AS v, length(ltrim(w::bit(64)::text, '0')) - 1 AS e
    FROM (SELECT least(value, 9007199254740992) AS w) c) t
$$;

-- A sketch is an array of slot * 2^20 + count, in the order of slots; a slot may stand there more
-- than once. Two sketches are merged by adding the counts of each slot.
CREATE FUNCTION sketch_entry(slot integer, count bigint) RETURNS integer
LANGUAGE sql IMMUTABLE AS $$
  SELECT (slot << 20) | least(count, 1048575)::integer
$$;

CREATE TABLE dirty (
  what text NOT NULL, -- usage, activity, wake
  service text NOT NULL,
  part text NOT NULL, -- the container; of activity the kind
  bucket timestamptz NOT NULL, -- the minute
  PRIMARY KEY (what, service, part, bucket)
);

-- Days whose details are deleted: their sums cannot be computed again, so what comes late for them
-- is left out.
CREATE TABLE sealed_day (day date PRIMARY KEY);

INSERT INTO sealed_day
SELECT DISTINCT (bucket AT TIME ZONE 'UTC')::date FROM usage_minute WHERE sealed
UNION
SELECT DISTINCT (bucket AT TIME ZONE 'UTC')::date FROM activity_minute WHERE sealed;

-- Grows when all of it has been built anew, so that who reads the log notices.
CREATE TABLE generation (number integer NOT NULL);
INSERT INTO generation VALUES (1);

ALTER TABLE resource_sample RENAME TO resource_sample_1;
ALTER TABLE resource_sample_1 RENAME CONSTRAINT resource_sample_pkey TO resource_sample_1_pkey;

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
  cpu_slot smallint NOT NULL, -- of millionths of a core
  memory_slot smallint NOT NULL, -- of bytes
  PRIMARY KEY (service, container, at, host)
) PARTITION BY RANGE (at);

ALTER TABLE activity RENAME TO activity_1;
ALTER TABLE activity_1 RENAME CONSTRAINT activity_pkey TO activity_1_pkey;

-- All that was told, but no row twice. key: digest of the activity's id, or where it has none, of
-- where it stands in the log. Of rows with one key only those count that follow no other within a
-- day; repeat marks the others.
CREATE TABLE activity (
  key uuid NOT NULL,
  at timestamptz NOT NULL,
  service text NOT NULL,
  kind text NOT NULL,
  count bigint NOT NULL,
  repeat boolean NOT NULL,
  PRIMARY KEY (key, at, service, kind, count)
) PARTITION BY RANGE (at);

CREATE INDEX activity_by_minute ON activity (service, kind, at);

-- Days begin at midnight UTC. By attaching, not as PARTITION OF: queries go on meanwhile.
CREATE FUNCTION create_day(parent text, day date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  child text := parent || '_' || to_char(day, 'YYYYMMDD');
BEGIN
  IF to_regclass(child) IS NOT NULL THEN
    RETURN;
  END IF;
  EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING ALL)', child, parent);
  EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', parent, child,
    day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
END
$$;

SELECT create_day('resource_sample', day)
FROM (SELECT DISTINCT (at AT TIME ZONE 'UTC')::date AS day FROM resource_sample_1) d;

INSERT INTO resource_sample
SELECT *, sketch_slot(round(cpu_cores * 1000000)::bigint), sketch_slot(memory_bytes)
FROM resource_sample_1;

INSERT INTO dirty
SELECT DISTINCT 'usage', service, container, date_bin('1 minute', at, 'epoch')
FROM resource_sample_1;

DROP TABLE resource_sample_1;

SELECT create_day('activity', day)
FROM (SELECT DISTINCT (at AT TIME ZONE 'UTC')::date AS day FROM activity_1) d;

INSERT INTO activity SELECT md5(key)::uuid, at, service, kind, count, false FROM activity_1;

INSERT INTO dirty
SELECT DISTINCT 'activity', service, kind, date_bin('1 minute', at, 'epoch') FROM activity_1;

DROP TABLE activity_1;

ALTER TABLE usage_minute DROP COLUMN sealed,
  ADD COLUMN cpu_sketch integer[] NOT NULL DEFAULT '{}',
  ADD COLUMN memory_sketch integer[] NOT NULL DEFAULT '{}';
ALTER TABLE usage_hour DROP COLUMN sealed,
  ADD COLUMN cpu_sketch integer[] NOT NULL DEFAULT '{}',
  ADD COLUMN memory_sketch integer[] NOT NULL DEFAULT '{}';
ALTER TABLE usage_day DROP COLUMN sealed,
  ADD COLUMN cpu_sketch integer[] NOT NULL DEFAULT '{}',
  ADD COLUMN memory_sketch integer[] NOT NULL DEFAULT '{}';

ALTER TABLE activity_minute DROP COLUMN sealed;
CREATE TABLE activity_hour (LIKE activity_minute INCLUDING ALL);
CREATE TABLE activity_day (LIKE activity_minute INCLUDING ALL);
INSERT INTO activity_hour
SELECT service, kind, date_bin('1 hour', bucket, 'epoch') AS hour, sum(count)
FROM activity_minute GROUP BY service, kind, hour;
INSERT INTO activity_day
SELECT service, kind, date_bin('1 day', bucket, 'epoch') AS day, sum(count)
FROM activity_minute GROUP BY service, kind, day;

-- Wakes by the minute, hour, day in which they ended; the latency of those that succeeded and of
-- which it is known, in microseconds.
CREATE TABLE wake_minute (
  service text NOT NULL,
  container text NOT NULL,
  woken_from text NOT NULL,
  bucket timestamptz NOT NULL,
  wakes bigint NOT NULL, -- succeeded
  failed bigint NOT NULL,
  measured bigint NOT NULL, -- those of wakes whose latency is known
  latency_micros numeric NOT NULL, -- their sum
  latency_micros_max bigint, -- null where none is known
  latency_sketch integer[] NOT NULL,
  PRIMARY KEY (service, container, woken_from, bucket)
);
CREATE INDEX wake_minute_in_time ON wake_minute (bucket);
CREATE TABLE wake_hour (LIKE wake_minute INCLUDING ALL);
CREATE TABLE wake_day (LIKE wake_minute INCLUDING ALL);

INSERT INTO dirty
SELECT DISTINCT 'wake', service, container, date_bin('1 minute', ended_at, 'epoch') FROM wake;

-- Replays asked for, and how far they are. Not from the log: carried over to a new generation.
CREATE TABLE replay (
  id uuid PRIMARY KEY,
  kind text NOT NULL, -- rebuild, backfill
  from_at timestamptz, -- of a backfill
  to_at timestamptz,
  service text,
  state text NOT NULL, -- waiting, running, interrupted, failed, done
  asked_at timestamptz NOT NULL,
  started_at timestamptz,
  ended_at timestamptz,
  records_read bigint NOT NULL DEFAULT 0,
  records_total bigint NOT NULL DEFAULT 0,
  resumed_at timestamptz, -- since when it runs this time
  resumed_read bigint NOT NULL DEFAULT 0, -- how many it had read before
  counts jsonb, -- by table, at the end: before and after
  failure text
);

-- Where a backfill goes on.
CREATE TABLE replay_offset (
  replay uuid NOT NULL REFERENCES replay ON DELETE CASCADE,
  topic text NOT NULL,
  partition integer NOT NULL,
  next_offset bigint NOT NULL,
  PRIMARY KEY (replay, topic, partition)
);

-- Sealed days that a backfill opened again.
CREATE TABLE replay_day (
  replay uuid NOT NULL REFERENCES replay ON DELETE CASCADE,
  day date NOT NULL,
  PRIMARY KEY (replay, day)
);
