package dev.catnap.cost.database;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows as one array a column, for {@code unnest(?::text[], ?::timestamptz[])}: one statement and
 * one round trip whatever their number.
 */
public final class Columns<R> {
  private final Collection<R> rows;
  private final List<Object> arrays = new ArrayList<>();

  public Columns(Collection<R> rows) {
    this.rows = rows;
  }

  /** A column of anything that PostgreSQL reads from text. */
  public Columns<R> with(Function<R, @Nullable Object> column) {
    @Nullable String[] texts = new @Nullable String[rows.size()];
    int i = 0;
    for (R row : rows) {
      Object value = column.apply(row);
      texts[i++] = value == null ? null : value.toString();
    }
    arrays.add(texts);
    return this;
  }

  /** A time, cut to microseconds; PostgreSQL would round it. */
  public Columns<R> time(Function<R, Instant> column) {
    return with(row -> column.apply(row).truncatedTo(ChronoUnit.MICROS));
  }

  /** The arguments of the statement, in the order the columns were named. */
  public Object[] arguments() {
    return arrays.toArray();
  }
}
