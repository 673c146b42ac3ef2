-- What the mean of the last 168 hours awake is made of at built_to, so that the hour that runs is
-- priced without reading them. Written when built_to moves forth; of no use where mean_at is not
-- built_to, for then a fact has moved that back since.
ALTER TABLE ledger_container
  ADD COLUMN mean_at               timestamptz,
  ADD COLUMN mean_hours            integer,
  -- First and last of these hours, with the limits of the last.
  ADD COLUMN mean_first            timestamptz,
  ADD COLUMN mean_last             timestamptz,
  ADD COLUMN mean_nano_core_limit  bigint,
  ADD COLUMN mean_byte_limit       bigint,
  ADD COLUMN mean_nano_core_micros numeric,
  ADD COLUMN mean_cpu_micros       bigint,
  ADD COLUMN mean_byte_micros      numeric,
  ADD COLUMN mean_memory_micros    bigint;
