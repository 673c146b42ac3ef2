-- Lines say from now on whether they are at a spot rate. Those of open months that are get booked again,
-- since what they were priced with is no longer known; of closed months nothing changes.
DELETE FROM ledger_rates WHERE card LIKE '%purchase=SPOT%';
