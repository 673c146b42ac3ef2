-- The container is managed no longer: it is in no state from then on.
ALTER TABLE state_change ADD COLUMN gone boolean NOT NULL DEFAULT false;
