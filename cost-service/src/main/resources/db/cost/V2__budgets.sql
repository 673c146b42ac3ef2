-- Edited by people.
CREATE TABLE budget (
  name        text          PRIMARY KEY,
  period      text          NOT NULL,
  amount      numeric(21,6) NOT NULL CHECK (amount > 0),
  scope       text          NOT NULL,
  scope_value text,
  thresholds  text          NOT NULL,
  webhook     text
);

-- A threshold crossed in a period, once: told or to be told. The outbox of both ways.
CREATE TABLE budget_alert (
  id           text        PRIMARY KEY,
  budget       text        NOT NULL,
  period_start timestamptz NOT NULL,
  threshold    numeric     NOT NULL,
  raised_at    timestamptz NOT NULL,
  payload      text        NOT NULL,
  UNIQUE (budget, period_start, threshold)
);

CREATE TABLE budget_delivery (
  alert_id     text        NOT NULL REFERENCES budget_alert ON DELETE CASCADE,
  way          text        NOT NULL,
  target       text        NOT NULL,
  attempts     integer     NOT NULL DEFAULT 0,
  next_at      timestamptz NOT NULL,
  delivered_at timestamptz,
  gave_up_at   timestamptz,
  problem      text,
  PRIMARY KEY (alert_id, way)
);
CREATE INDEX budget_delivery_due ON budget_delivery (next_at)
  WHERE delivered_at IS NULL AND gave_up_at IS NULL;
