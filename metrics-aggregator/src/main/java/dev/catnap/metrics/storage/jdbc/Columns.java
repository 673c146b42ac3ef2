package dev.catnap.metrics.storage.jdbc;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Rows turned into one array a column, for {@code unnest}: one statement and one round trip for any
 * number of rows. Each SQL must cast them: {@code unnest(?::text[], ?::timestamptz[])}.
 */
public final class Columns<R> {
  /** A time of a column of {@link #micros}, where {@code %s} stands for it; exact until 2255. */
  public static final String AT = "timestamptz 'epoch' + %s * interval '1 microsecond'";

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

  /** Whole numbers none of which is absent: half the work for both sides. */
  public Columns<R> longs(ToLongFunction<R> column) {
    arrays.add(rows.stream().mapToLong(column).toArray());
    return this;
  }

  /** Small whole numbers none of which is absent. */
  public Columns<R> ints(ToIntFunction<R> column) {
    arrays.add(rows.stream().mapToInt(column).toArray());
    return this;
  }

  public Columns<R> doubles(ToDoubleFunction<R> column) {
    arrays.add(rows.stream().mapToDouble(column).toArray());
    return this;
  }

  public Columns<R> longsOrNull(Function<R, @Nullable Long> column) {
    arrays.add(rows.stream().map(column).toArray(Long[]::new));
    return this;
  }

  public Columns<R> doublesOrNull(Function<R, @Nullable Double> column) {
    arrays.add(rows.stream().map(column).toArray(Double[]::new));
    return this;
  }

  /** Times as microseconds since 1970, for SQL that says {@link #AT} of them. */
  public Columns<R> micros(Function<R, Instant> column) {
    return longs(row -> Times.micros(column.apply(row)));
  }

  public Columns<R> bool(Function<R, Boolean> column) {
    return text(column::apply);
  }

  /** The arguments of the statement, in the order the columns were named. */
  public Object[] arguments() {
    return arrays.toArray();
  }
}
