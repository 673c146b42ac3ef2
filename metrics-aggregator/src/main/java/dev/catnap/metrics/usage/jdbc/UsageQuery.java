package dev.catnap.metrics.usage.jdbc;

import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.storage.jdbc.OfServices;
import dev.catnap.metrics.storage.jdbc.Times;
import dev.catnap.metrics.usage.Usage;
import dev.catnap.metrics.window.Bucket;
import dev.catnap.metrics.window.TimeWindow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Usage within a window: the buckets that begin in it, and the one it begins in. */
public final class UsageQuery {
  /** What {@link #peaks} files all services together under; no service can be named so. */
  public static final String ALL = "";

  private static final String WITHIN =
      """
      WHERE bucket >= :from AND bucket < :to
        AND SERVICE
      """;

  /** A sample speaks for now for three of its windows, for five minutes at least. */
  private static final String USAGE =
      """
      SELECT u.*, l.cpu_cores, l.cpu_limit_cores, l.memory_bytes, l.memory_limit_bytes, l.pids,
        l.at > :to - greatest(interval '5 minutes', 3 * l.window_millis * interval '1 ms')
          AS current
      FROM (SELECT service, container, sum(samples) AS samples,
          sum(cpu_core_micros) / (1000 * sum(sampled_millis)) AS cpu_mean,
          sum(memory_byte_millis) / sum(sampled_millis) AS memory_mean,
          sum(network_rx_bytes) AS rx, sum(network_tx_bytes) AS tx,
          sum(block_read_bytes) AS read, sum(block_write_bytes) AS written, max(last_at) AS last_at,
          max(cpu_cores_max) AS cpu_max, max(memory_bytes_max) AS memory_max
        FROM %s
      """
          + WITHIN
          + """
            GROUP BY service, container) u
          LEFT JOIN LATERAL (SELECT * FROM resource_sample r
            WHERE r.service = u.service AND r.container = u.container AND r.at < :to
            ORDER BY r.at DESC, r.host DESC LIMIT 1) l ON true
          ORDER BY u.service, u.container
          """;

  /** Of what is alike in {@code KEY}, which may be one constant for all. */
  private static final String PEAKS =
      """
      SELECT service, max(cpu) AS cpu, max(memory) AS memory
      FROM (SELECT KEY AS service, sum(cpu_cores_max) AS cpu, sum(memory_bytes_max) AS memory
        FROM %s
      """
          + WITHIN
          + """
            GROUP BY KEY, bucket) sums
          GROUP BY service
          """;

  /** Whether there are long sums in the window of which no short ones are kept any more. */
  private static final String GONE =
      """
      SELECT EXISTS (SELECT FROM COARSE WHERE bucket >= :from AND bucket < least(:to,
        date_bin('SIZE', coalesce((SELECT min(bucket) FROM FINE
          WHERE bucket >= :from AND bucket < :to), 'infinity'), 'epoch')))
      """;

  private final MetricsDatabase database;

  public UsageQuery(MetricsDatabase database) {
    this.database = database;
  }

  /**
   * What was used in a window.
   *
   * @param usages in the order of services and containers; those without samples are not in it
   * @param peaks by service, and all of them under {@link #ALL}
   */
  public record Found(List<Usage> usages, Map<String, Usage.Peak> peaks) {}

  /**
   * @param services null: all
   */
  public Found usage(TimeWindow window, @Nullable Collection<String> services) {
    Bucket size = sizeFor(window);
    TimeWindow asked = new TimeWindow(size.floor(window.from()), window.to());
    StatementSpec statement =
        size == Bucket.HOUR
            ? WholeDays.within(ask(USAGE, WholeDays.of("usage"), asked, services), asked)
            : ask(USAGE, table(size), asked, services);
    List<Usage> usages = statement.query((row, number) -> read(row)).list();
    // Sums of months are exact to the hour; to look for a peak in all their hours would take long.
    boolean months = Bucket.forLength(window.length()) == Bucket.DAY;
    return new Found(usages, peaks(usages, table(months ? Bucket.DAY : size), asked, services));
  }

  /** One container's peak is known with its sums; only of several it must be looked for. */
  private Map<String, Usage.Peak> peaks(
      List<Usage> usages, String table, TimeWindow asked, @Nullable Collection<String> services) {
    Map<String, Usage.Peak> peaks = new HashMap<>();
    Set<String> several = new TreeSet<>();
    for (Usage usage : usages) {
      if (peaks.put(usage.service(), usage.peak()) != null) {
        several.add(usage.service());
      }
    }
    if (!several.isEmpty()) {
      peaks.putAll(peaks("service", table, asked, several));
    }
    if (usages.size() == 1) {
      peaks.put(ALL, usages.getFirst().peak());
    } else if (!usages.isEmpty()) {
      peaks.putAll(peaks("''::text", table, asked, services));
    }
    return peaks;
  }

  private Map<String, Usage.Peak> peaks(
      String key, String table, TimeWindow asked, @Nullable Collection<String> services) {
    Map<String, Usage.Peak> peaks = new HashMap<>();
    ask(PEAKS.replace("KEY", key), table, asked, services)
        .query(row -> {
          peaks.put(
              row.getString("service"),
              new Usage.Peak(row.getDouble("cpu"), row.getDouble("memory")));
        });
    return peaks;
  }

  private static String table(Bucket size) {
    return "usage_" + size.name().toLowerCase(Locale.ROOT);
  }

  private StatementSpec ask(
      String sql, String rows, TimeWindow window, @Nullable Collection<String> services) {
    StatementSpec statement =
        database
            .client()
            .sql(OfServices.in(sql, services).replace("%s", rows))
            .param("from", Times.argument(window.from()))
            .param("to", Times.argument(window.to()));
    return OfServices.bind(statement, services);
  }

  /** Short sums are not kept as long as long ones; a part of them would count for the whole. */
  private Bucket sizeFor(TimeWindow window) {
    Bucket size = Bucket.forLength(window.length());
    if (size == Bucket.MINUTE && !isGone(Bucket.MINUTE, Bucket.HOUR, window)) {
      return Bucket.MINUTE;
    }
    return isGone(Bucket.HOUR, Bucket.DAY, window) ? Bucket.DAY : Bucket.HOUR;
  }

  private boolean isGone(Bucket fine, Bucket coarse, TimeWindow window) {
    String sql =
        GONE.replace("FINE", table(fine))
            .replace("COARSE", table(coarse))
            .replace("SIZE", coarse.size().toHours() + " hours");
    return database
        .client()
        .sql(sql)
        .param("from", Times.argument(coarse.floor(window.from())))
        .param("to", Times.argument(window.to()))
        .query(Boolean.class)
        .single();
  }

  private static Usage read(ResultSet row) throws SQLException {
    Double cpu = Times.number(row, "cpu_cores");
    Usage.Latest latest =
        cpu == null
            ? null
            : new Usage.Latest(
                row.getBoolean("current"),
                cpu,
                Times.number(row, "cpu_limit_cores"),
                row.getLong("memory_bytes"),
                row.getObject("memory_limit_bytes", Long.class),
                row.getLong("pids"));
    return new Usage(
        row.getString("service"),
        row.getString("container"),
        row.getLong("samples"),
        row.getDouble("cpu_mean"),
        row.getDouble("memory_mean"),
        row.getLong("rx"),
        row.getLong("tx"),
        row.getLong("read"),
        row.getLong("written"),
        Times.required(row, "last_at"),
        new Usage.Peak(row.getDouble("cpu_max"), row.getDouble("memory_max")),
        latest);
  }
}
