-- What state everything was in at a moment, and since when anything is known.
CREATE INDEX state_interval_by_end ON state_interval (ended_at);
CREATE INDEX state_interval_by_start ON state_interval (started_at);
