package dev.catnap.metrics.storage.jdbc;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows turned into one array a column, for {@code unnest}: one statement and one round trip for any
 * number of rows. Each SQL must cast them: {@code unnest(?::text[], ?::timestamptz[])}.
 */
public final class Columns<R> {
  private final Collection<R> rows;
  private final List<Object> arrays = new ArrayList<>();

  private Columns(Collection<R> rows) {
    this.rows = rows;
  }

  public static <R> Columns<R> of(Collection<R> rows) {
    return new Columns<>(rows);
  }

  public Columns<R> text(Function<R, @Nullable Object> column) {
    arrays.add(
        rows.stream()
            .map(column)
            .map(value -> value == null ? null : value.toString())
            .toArray(String[]::new));
    return this;
  }

  /** A column of names of constants, such as states. */
  public Columns<R> name(Function<R, Enum<?>> column) {
    return text(row -> column.apply(row).name());
  }

  /** To the microsecond, cut as everywhere here; the database would round. */
  public Columns<R> instant(Function<R, @Nullable Instant> column) {
    return text(row -> {
      Instant at = column.apply(row);
      return at == null ? null : at.truncatedTo(ChronoUnit.MICROS);
    });
  }

  public Columns<R> number(Function<R, @Nullable Number> column) {
    return text(column::apply);
  }

  public Columns<R> bool(Function<R, Boolean> column) {
    return text(column::apply);
  }

  /** The arguments of the statement, in the order the columns were named. */
  public Object[] arguments() {
    return arrays.toArray();
  }
}
