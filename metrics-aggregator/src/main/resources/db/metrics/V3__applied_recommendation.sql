-- What was applied by hand, and what became of it. Not derived from the log: a rebuild leaves it.
CREATE TABLE applied_recommendation (
  id text PRIMARY KEY,
  service text NOT NULL,
  at timestamptz NOT NULL,
  watched_until timestamptz NOT NULL,
  status text NOT NULL, -- WATCHED, KEPT, UNDONE, SUPERSEDED, FAILED
  reason text, -- why it was undone, or is no longer watched
  ended_at timestamptz,
  memory_before bigint,
  cpu_before double precision,
  memory_after bigint,
  cpu_after double precision
);

CREATE INDEX applied_recommendation_watched ON applied_recommendation (at)
  WHERE status = 'WATCHED';
CREATE INDEX applied_recommendation_in_time ON applied_recommendation (at, id);
