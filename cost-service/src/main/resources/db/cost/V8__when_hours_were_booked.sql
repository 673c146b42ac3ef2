-- A number that rises each time lines of an hour are booked: what was made of the lines of some hours
-- is still right while the highest number of these hours is the same. Hours without a row: booked
-- before there were numbers, or never.
CREATE SEQUENCE ledger_change_number;
CREATE TABLE ledger_change (
  hour   timestamptz PRIMARY KEY,
  change bigint      NOT NULL
);
