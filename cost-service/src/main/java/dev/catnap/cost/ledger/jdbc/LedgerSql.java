package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.ledger.Postings.Detail;

/**
 * Sums over a window: whole weeks, where days need not be told apart, from the sums by week, other
 * whole days from the sums by day, the ragged ends from lines, cut where the window cuts them. A
 * line is a level times its length, so the cut is exact.
 *
 * <p>Parameters: {@code from}, {@code to}; {@code same}, from when on rates are others than those
 * booked with; {@code first}, the first midnight in the window; {@code monday}, the first one of a
 * Monday; {@code services}, empty: all.
 */
final class LedgerSql {
  private static final String SUMS =
      "sum(quantity) AS quantity, sum(awake_quantity) AS awake_quantity,"
          + " sum(reserved_quantity) AS reserved_quantity, sum(used_quantity) AS used_quantity,"
          + " sum(micros) AS micros, bit_or(assumptions) AS assumptions";

  private static final String NOT_NOTHING =
      " HAVING sum(micros) <> 0 OR sum(quantity) <> 0 OR sum(awake_quantity) <> 0"
          + " OR sum(reserved_quantity) <> 0 OR sum(used_quantity) <> 0";

  static final String IS_SOMETHING =
      "(micros <> 0 OR quantity <> 0 OR awake_quantity <> 0"
          + " OR reserved_quantity <> 0 OR used_quantity <> 0)";

  /** Each container up to where it is booked. */
  private static final String CONTAINERS =
      """
      WITH c AS MATERIALIZED (
        SELECT service, container, till, date_trunc('day', till, 'UTC') AS last,
          date_trunc('week', till, 'UTC') AS last_monday
        FROM (
          SELECT service, container,
            least(built_to, :to::timestamptz, :same::timestamptz) AS till
          FROM ledger_container
          WHERE cardinality(:services::text[]) = 0 OR service = ANY (:services::text[])
        ) k WHERE till > :from::timestamptz
      ),
      """;

  private static final String DAYS =
      """
      SELECT d.service, d.container, d.host, d.state, d.resource, d.rate, d.currency, d.booked,
        d.day AS at, d.quantity, d.awake_quantity, d.reserved_quantity, d.used_quantity,
        d.micros::numeric AS micros, d.assumptions
      FROM ledger_day d JOIN c ON c.service = d.service AND c.container = d.container
      WHERE d.day >= :first::timestamptz AND d.day < :to::timestamptz AND d.day < c.last
      """;

  private static final String WEEKS =
      """
      SELECT w.service, w.container, w.host, w.state, w.resource, w.rate, w.currency,
        NULL::date AS booked, w.week AS at, w.quantity, w.awake_quantity, w.reserved_quantity,
        w.used_quantity, w.micros::numeric AS micros, w.assumptions
      FROM ledger_week w JOIN c ON c.service = w.service AND c.container = w.container
      WHERE w.week >= :monday::timestamptz AND w.week < :to::timestamptz AND w.week < c.last_monday
      """;

  /** Days before and after whole weeks. */
  private static final String OTHER_DAYS =
      DAYS
          + " AND d.day < :monday::timestamptz UNION ALL "
          + DAYS
          + """
           AND d.day >= c.last_monday AND d.day >= :monday::timestamptz
          AND d.day >= (SELECT min(last_monday) FROM c)
          """;

  /** Few lines are cut, and dividing takes most of the time. */
  private static final String PART =
      "CASE WHEN p.whole THEN l.%1$s ELSE div(l.%1$s, l.micros) * p.micros END AS %1$s";

  private static final String RAGGED =
      """
      SELECT l.service, l.container, l.host, l.state, l.resource, l.rate, l.currency, l.booked,
        greatest(l.from_at, :from::timestamptz) AS at, QUANTITY, AWAKE, RESERVED, USED,
        p.micros, l.assumptions
      FROM c CROSS JOIN LATERAL (
        SELECT * FROM ledger_line n
        WHERE n.service = c.service AND n.container = c.container
          AND n.from_at >= SINCE AND n.from_at < TILL
          AND n.from_at < :to::timestamptz
          AND n.from_at >= date_trunc('hour', :from::timestamptz, 'UTC')
          AND n.to_at > :from::timestamptz
        OFFSET 0
      ) l CROSS JOIN LATERAL (
        SELECT l.from_at >= :from::timestamptz AND l.to_at <= c.till AS whole
      ) w CROSS JOIN LATERAL (
        SELECT w.whole, CASE WHEN w.whole THEN l.micros::numeric ELSE
          sign(l.micros::numeric) * extract(epoch FROM
            least(l.to_at, c.till) - greatest(l.from_at, :from::timestamptz)) * 1000000
          END AS micros
      ) p
      """
          .replace("QUANTITY", PART.formatted("quantity"))
          .replace("AWAKE", PART.formatted("awake_quantity"))
          .replace("RESERVED", PART.formatted("reserved_quantity"))
          .replace("USED", PART.formatted("used_quantity"));

  private static final String HEAD =
      ragged("date_trunc('hour', :from::timestamptz, 'UTC')", "least(:first::timestamptz, c.till)");

  private static final String TAIL = ragged("greatest(c.last, :first::timestamptz)", "c.till");

  /** A row for what shares everything but time: a row a line takes longer to send than to read. */
  private static final String SLOTS =
      """
      SELECT service, container, host, state, resource, rate, currency, booked,
        array_agg((date_part('epoch', at - :from::timestamptz) * 1000000)::bigint) AS since,
        array_agg(quantity) AS quantity, array_agg(awake_quantity) AS awake_quantity
      FROM (LINES) l
      WHERE resource IN ('CPU', 'MEMORY') AND (quantity <> 0 OR awake_quantity <> 0)
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
      """
          .replace("LINES", ragged("date_trunc('hour', :from::timestamptz, 'UTC')", "c.till"));

  private LedgerSql() {}

  /**
   * CPU and memory of each line, {@code since} microseconds after the begin of the window.
   *
   * @param booked whether all that is booked is asked for, also what a late fact has reached since
   */
  static String slots(boolean booked) {
    String containers = CONTAINERS.replaceFirst(",\\s*$", "\n");
    return (booked
            ? containers.replace(
                "least(built_to, :to::timestamptz, :same::timestamptz)", ":to::timestamptz")
            : containers)
        + SLOTS;
  }

  private static String ragged(String begin, String end) {
    return RAGGED.replace("SINCE", begin).replace("TILL", end);
  }

  private static String parts(boolean head, boolean weeks) {
    return CONTAINERS
        + "part AS ("
        + (head ? HEAD + " UNION ALL " : "")
        + (weeks ? WEEKS + " UNION ALL " + OTHER_DAYS : DAYS)
        + " UNION ALL "
        + TAIL
        + ")\n";
  }

  /**
   * Postings with a detail.
   *
   * @param head whether the window begins within a day
   */
  static String postings(Detail detail, boolean head) {
    return switch (detail) {
      case ITEMS -> parts(head, true) + sums(":from::timestamptz", "NULL::date");
      case BOOKINGS -> bookings(head);
    };
  }

  private static String sums(String at, String booked) {
    return "SELECT "
        + at
        + " AS at, service, container, host, state, resource, rate, currency, "
        + booked
        + " AS booked, "
        + SUMS
        + " FROM part GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9"
        + NOT_NOTHING;
  }

  /** Whole days have a row for each posting already. */
  private static String bookings(boolean head) {
    return CONTAINERS
        + "part AS ("
        + (head ? HEAD + " UNION ALL " : "")
        + TAIL
        + ")\n"
        + "SELECT at, service, container, host, state, resource, rate, currency, booked, quantity,"
        + " awake_quantity, reserved_quantity, used_quantity, micros, assumptions FROM ("
        + DAYS
        + ") w WHERE "
        + IS_SOMETHING
        + " UNION ALL "
        + sums("date_trunc('day', at, 'UTC')", "booked");
  }

  private static final String STEP_OF =
      "div((extract(epoch FROM %s - :from::timestamptz) * 1000000)::bigint, :step::bigint)";

  /** Sums by step of {@code step} microseconds; each step a number of whole days from midnight. */
  static String daySteps() {
    // By time first: there are few of those, and a step takes longer to tell than to add.
    return parts(false, false)
        + ", moment AS (SELECT at, resource, rate, sum(quantity) AS quantity,"
        + " sum(awake_quantity) AS awake_quantity FROM part GROUP BY 1, 2, 3) SELECT "
        + STEP_OF.formatted("at")
        + "::bigint AS step, resource, rate, sum(quantity) AS quantity,"
        + " sum(awake_quantity) AS awake_quantity FROM moment GROUP BY 1, 2, 3";
  }

  /** Sums by step of {@code step} microseconds, of lines cut where steps cut them. */
  static String lineSteps() {
    return CONTAINERS.replaceFirst(",\\s*$", "\n")
        + """
        SELECT g.step, l.resource, l.rate, sum(div(l.quantity, l.micros) * p.micros) AS quantity,
          sum(div(l.awake_quantity, l.micros) * p.micros) AS awake_quantity
        FROM c CROSS JOIN LATERAL (
          SELECT * FROM ledger_line n
          WHERE n.service = c.service AND n.container = c.container AND n.from_at < c.till
            AND n.from_at < :to::timestamptz
            AND n.from_at >= date_trunc('hour', :from::timestamptz, 'UTC')
            AND n.to_at > :from::timestamptz
          OFFSET 0
        ) l CROSS JOIN LATERAL (
          SELECT greatest(l.from_at, :from::timestamptz) AS start, least(l.to_at, c.till) AS finish
        ) b CROSS JOIN LATERAL generate_series(FIRST::bigint, LAST::bigint) AS g (step)
        CROSS JOIN LATERAL (
          SELECT sign(l.micros::numeric) * extract(epoch FROM
            least(b.finish, :from::timestamptz + (g.step + 1) * :step * interval '1 microsecond')
            - greatest(b.start, :from::timestamptz + g.step * :step * interval '1 microsecond'))
            * 1000000 AS micros
        ) p
        GROUP BY 1, 2, 3
        """
            .replace("FIRST", STEP_OF.formatted("b.start"))
            .replace("LAST", STEP_OF.formatted("(b.finish - interval '1 microsecond')"));
  }
}
