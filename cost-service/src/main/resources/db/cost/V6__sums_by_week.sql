-- Sums of ledger_day by week of UTC, from Monday on, whatever month they are booked in. Always
-- computed anew, never added to; the last week has the days there are.
CREATE TABLE ledger_week (
  week              timestamptz NOT NULL,
  service           text        NOT NULL,
  container         text        NOT NULL,
  host              text        NOT NULL,
  state             text        NOT NULL,
  resource          text        NOT NULL,
  rate              numeric     NOT NULL,
  currency          text        NOT NULL,
  quantity          numeric     NOT NULL,
  awake_quantity    numeric     NOT NULL,
  reserved_quantity numeric     NOT NULL,
  used_quantity     numeric     NOT NULL,
  micros            bigint      NOT NULL,
  assumptions       integer     NOT NULL,
  PRIMARY KEY (week, service, container, host, state, resource, rate, currency)
);
INSERT INTO ledger_week
SELECT date_trunc('week', day, 'UTC'), service, container, host, state, resource, rate, currency,
  sum(quantity), sum(awake_quantity), sum(reserved_quantity), sum(used_quantity),
  sum(micros)::bigint, bit_or(assumptions)
FROM ledger_day GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;
