-- Time in each state by quarter of a day (from 0, 6, 12, 18 o'clock UTC), of the intervals that
-- begin and end in it. Set from them, never added to. An interval that goes on beyond the quarter
-- it began in is in none of them, so that none touches more than one; such are few and have an
-- index of their own.
CREATE TABLE state_quarter_day (
  service text NOT NULL,
  container text NOT NULL,
  bucket timestamptz NOT NULL,
  running interval NOT NULL,
  sleeping interval NOT NULL,
  stopped interval NOT NULL,
  in_transition interval NOT NULL, -- falling asleep or waking
  failed interval NOT NULL,
  unknown interval NOT NULL,
  sleeps bigint NOT NULL, -- times it went to sleep; found asleep does not count
  stops bigint NOT NULL, -- likewise
  PRIMARY KEY (service, container, bucket)
);
CREATE INDEX state_quarter_day_in_time ON state_quarter_day (bucket);

CREATE INDEX state_interval_across
  ON state_interval (service, coalesce(ended_at, timestamptz 'infinity'))
  WHERE date_bin('6 hours', started_at, timestamptz 'epoch')
    <> date_bin('6 hours', coalesce(ended_at, timestamptz 'infinity'), timestamptz 'epoch');

INSERT INTO state_quarter_day
SELECT service, container, date_bin('6 hours', started_at, timestamptz 'epoch') AS bucket,
  coalesce(sum(ended_at - started_at) FILTER (WHERE state = 'RUNNING'), interval '0'),
  coalesce(sum(ended_at - started_at) FILTER (WHERE state = 'SLEEPING'), interval '0'),
  coalesce(sum(ended_at - started_at) FILTER (WHERE state = 'STOPPED'), interval '0'),
  coalesce(sum(ended_at - started_at)
    FILTER (WHERE state IN ('FALLING_ASLEEP', 'WAKING')), interval '0'),
  coalesce(sum(ended_at - started_at) FILTER (WHERE state = 'FAILED'), interval '0'),
  coalesce(sum(ended_at - started_at) FILTER (WHERE state = 'UNKNOWN'), interval '0'),
  count(*) FILTER (WHERE state = 'SLEEPING' AND state_before NOT IN ('SLEEPING', 'UNKNOWN')),
  count(*) FILTER (WHERE state = 'STOPPED' AND state_before NOT IN ('STOPPED', 'UNKNOWN'))
FROM state_interval
WHERE date_bin('6 hours', started_at, timestamptz 'epoch')
  = date_bin('6 hours', coalesce(ended_at, timestamptz 'infinity'), timestamptz 'epoch')
GROUP BY service, container, bucket;
