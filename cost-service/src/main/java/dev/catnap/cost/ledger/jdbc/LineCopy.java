package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.ledger.AssumptionBits;
import dev.catnap.cost.ledger.LedgerLine;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes lines with COPY, on the connection of the transaction. */
final class LineCopy {
  private static final String COPY =
      "COPY ledger_line (" + LineStore.COLUMNS.replace('\n', ' ') + ") FROM STDIN";

  private final JdbcTemplate jdbc;

  LineCopy(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  void insert(Collection<LedgerLine> lines) {
    if (lines.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder(lines.size() * 256);
    lines.forEach(line -> write(text, line));
    jdbc.execute((ConnectionCallback<Long>) connection -> copy(connection, text.toString()));
  }

  private static Long copy(Connection connection, String text) throws SQLException {
    CopyManager manager = connection.unwrap(PGConnection.class).getCopyAPI();
    try (StringReader reader = new StringReader(text)) {
      return manager.copyIn(COPY, reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(StringBuilder out, LedgerLine line) {
    text(out, line.service());
    text(out, line.container());
    field(out, line.from());
    field(out, line.to());
    text(out, line.host());
    field(out, line.state());
    field(out, line.resource());
    number(out, line.quantity());
    number(out, line.awakeQuantity());
    number(out, line.reservedQuantity());
    number(out, line.usedQuantity());
    field(out, line.micros());
    number(out, line.rate());
    text(out, line.currency());
    number(out, line.amount());
    number(out, line.awakeAmount());
    field(out, AssumptionBits.of(line.assumptions()));
    field(out, line.booking().month().atDay(1));
    field(out, line.booking().reversal());
    field(out, line.booking().reason());
    out.setCharAt(out.length() - 1, '\n');
  }

  private static void number(StringBuilder out, BigDecimal number) {
    field(out, number.toPlainString());
  }

  private static void field(StringBuilder out, @Nullable Object value) {
    out.append(value == null ? "\\N" : value).append('\t');
  }

  /** COPY's own signs are written as such. */
  private static void text(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        default -> out.append(c);
      }
    }
    out.append('\t');
  }
}
