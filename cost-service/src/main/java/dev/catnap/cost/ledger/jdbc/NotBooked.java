package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.ledger.ContainerHistory;
import dev.catnap.cost.ledger.LedgerLine;
import dev.catnap.cost.ledger.LedgerLines;
import dev.catnap.cost.ledger.Stretch;
import dev.catnap.cost.pricing.RateHistory;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Prices by the one price function what is not booked yet: the running hour, what a late fact
 * reaches, and what lies further back than is booked. To be called within one read transaction.
 */
public final class NotBooked {
  /** A container can be unbooked at both ends of a window. */
  private static final String STRETCHES =
      """
      SELECT service, container, :from::timestamptz AS since, least(built_from, :to) AS till
      FROM ledger_container
      WHERE built_from > :from AND (cardinality(:services::text[]) = 0
        OR service = ANY (:services::text[]))
      UNION ALL
      SELECT service, container, greatest(least(built_to, :same), built_from, :from::timestamptz), :to
      FROM ledger_container
      WHERE greatest(least(built_to, :same), built_from) < :to AND (cardinality(:services::text[]) = 0
        OR service = ANY (:services::text[]))
      """;

  private final LedgerQueries queries;
  private final HistoryReader histories;

  public NotBooked(JdbcTemplate jdbc) {
    this.queries = new LedgerQueries(jdbc);
    this.histories = new HistoryReader(jdbc);
  }

  /** Lines of what is not booked, cut at {@code cuts} as well. */
  public void lines(
      Question question, RateHistory rates, Collection<Instant> cuts, Consumer<LedgerLine> into) {
    List<Stretch> older = new ArrayList<>();
    List<Stretch> newer = new ArrayList<>();
    queries
        .named()
        .query(
            STRETCHES,
            queries.parameters(question, rates),
            row -> {
              Stretch stretch = stretch(row);
              (stretch.to().isBefore(question.to()) ? older : newer).add(stretch);
            });
    LedgerLines pricing = new LedgerLines(question.from(), question.to(), rates, cuts);
    for (ContainerHistory history : histories.readForPricing(older)) {
      pricing.of(history, into);
    }
    for (ContainerHistory history : histories.readForPricing(newer)) {
      pricing.of(history, into);
    }
  }

  private static Stretch stretch(ResultSet row) throws SQLException {
    return new Stretch(
        row.getString(1),
        row.getString(2),
        row.getObject(3, OffsetDateTime.class).toInstant(),
        row.getObject(4, OffsetDateTime.class).toInstant());
  }
}
