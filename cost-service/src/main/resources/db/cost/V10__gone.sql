-- The container is managed no longer: it is in no state from then on, and comes last at its time
-- (settled 2).
ALTER TABLE state_span ADD COLUMN gone boolean NOT NULL DEFAULT false;
