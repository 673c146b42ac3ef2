-- What is booked. A line is an interval of a container within one hour, one resource of it.
-- A line whose month was not closed when it was made is replaced when its hour is priced again. Of a
-- closed month nothing changes: what is found later is booked in the first month still open, as the
-- reversal of a line and as the line that takes its place.
CREATE TABLE ledger_line (
  service           text        NOT NULL,
  container         text        NOT NULL,
  from_at           timestamptz NOT NULL,
  to_at             timestamptz NOT NULL,
  host              text        NOT NULL,
  state             text        NOT NULL,
  resource          text        NOT NULL,
  -- In base units of the resource times microseconds; whole numbers, negative in a reversal.
  quantity          numeric     NOT NULL,
  awake_quantity    numeric     NOT NULL,
  reserved_quantity numeric     NOT NULL,
  used_quantity     numeric     NOT NULL,
  micros            bigint      NOT NULL,
  rate              numeric     NOT NULL,
  currency          text        NOT NULL,
  -- For people; sums are made of quantities.
  amount            numeric     NOT NULL,
  awake_amount      numeric     NOT NULL,
  -- A bit for each, see AssumptionBits.
  assumptions       integer     NOT NULL,
  -- First day of the month it is booked in.
  booked            date        NOT NULL,
  reversal          boolean     NOT NULL,
  -- Of a correction: why.
  reason            text,
  PRIMARY KEY (service, container, from_at, resource, booked, reversal),
  CHECK (to_at > from_at)
) PARTITION BY RANGE (from_at);

-- Sums of lines by day of UTC. Always computed anew, never added to.
CREATE TABLE ledger_day (
  day               timestamptz NOT NULL,
  service           text        NOT NULL,
  container         text        NOT NULL,
  host              text        NOT NULL,
  state             text        NOT NULL,
  resource          text        NOT NULL,
  rate              numeric     NOT NULL,
  currency          text        NOT NULL,
  booked            date        NOT NULL,
  quantity          numeric     NOT NULL,
  awake_quantity    numeric     NOT NULL,
  reserved_quantity numeric     NOT NULL,
  used_quantity     numeric     NOT NULL,
  micros            bigint      NOT NULL,
  assumptions       integer     NOT NULL,
  PRIMARY KEY (day, service, container, host, state, resource, rate, currency, booked)
);
CREATE INDEX ledger_day_correction ON ledger_day (booked)
  WHERE booked <> date_trunc('month', day AT TIME ZONE 'UTC')::date;

-- From when to when the lines of a container are right; both full hours. A fact that reaches
-- further back moves built_to back, and what lies behind it is priced again.
CREATE TABLE ledger_container (
  service    text        NOT NULL,
  container  text        NOT NULL,
  built_from timestamptz NOT NULL,
  built_to   timestamptz NOT NULL,
  -- When last a fact of a month before the present one came.
  touched_at timestamptz,
  PRIMARY KEY (service, container)
);
CREATE INDEX ledger_container_built_to ON ledger_container (built_to);

-- What the lines are priced with: all rate cards in effect from an instant on.
CREATE TABLE ledger_rates (
  valid_from timestamptz PRIMARY KEY,
  card       text        NOT NULL
);

-- Everything before the latest closed_to is closed.
CREATE TABLE ledger_closing (
  closed_to timestamptz PRIMARY KEY,
  closed_at timestamptz NOT NULL
);

-- What is known already is booked from now on, up to three years back.
INSERT INTO ledger_container (service, container, built_from, built_to)
SELECT service, container, since, since
FROM (
  SELECT service, container,
    date_trunc('hour', greatest(min(from_at), now() - interval '1100 days'), 'UTC') AS since
  FROM state_span GROUP BY service, container
) known;
