package dev.catnap.metrics.usage.jdbc;

import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.storage.jdbc.OneService;
import dev.catnap.metrics.storage.jdbc.Times;
import dev.catnap.metrics.usage.Usage;
import dev.catnap.metrics.window.Bucket;
import dev.catnap.metrics.window.TimeWindow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Usage within a window: the buckets that begin in it, and the one it begins in. */
public final class UsageQuery {
  /** What {@link #peaks} files all services together under; no service can be named so. */
  public static final String ALL = "";

  private static final String WITHIN =
      """
      WHERE bucket >= :from AND bucket < :to
        AND (CAST(:service AS text) IS NULL OR service = :service)
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
          sum(block_read_bytes) AS read, sum(block_write_bytes) AS written, max(last_at) AS last_at
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

  private static final String PEAKS =
      """
      WITH sums AS (
        SELECT service, bucket, sum(cpu_cores_max) AS cpu, sum(memory_bytes_max) AS memory
        FROM %s
      """
          + WITHIN
          + """
            GROUP BY service, bucket
          )
          SELECT service, max(cpu) AS cpu, max(memory) AS memory FROM sums GROUP BY service
          UNION ALL
          SELECT '', max(cpu), max(memory) FROM (
            SELECT sum(cpu) AS cpu, sum(memory) AS memory FROM sums GROUP BY bucket) a
          """;

  private final MetricsDatabase database;

  public UsageQuery(MetricsDatabase database) {
    this.database = database;
  }

  /** In the order of services and containers; those without samples are not in it. */
  public List<Usage> usage(TimeWindow window, @Nullable String service) {
    Bucket size = sizeFor(window);
    TimeWindow asked = new TimeWindow(size.floor(window.from()), window.to());
    StatementSpec statement =
        size == Bucket.HOUR
            ? WholeDays.within(ask(USAGE, WholeDays.of("usage"), asked, service), asked)
            : ask(USAGE, table(size), asked, service);
    return statement.query((row, number) -> read(row)).list();
  }

  /** By service, and all of them under {@link #ALL}. */
  public Map<String, Usage.Peak> peaks(TimeWindow window, @Nullable String service) {
    Map<String, Usage.Peak> peaks = new HashMap<>();
    Bucket size = sizeFor(window);
    TimeWindow asked = new TimeWindow(size.floor(window.from()), window.to());
    ask(PEAKS, table(size), asked, service)
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

  private StatementSpec ask(String sql, String rows, TimeWindow window, @Nullable String service) {
    return database
        .client()
        .sql(OneService.in(sql, service).replace("%s", rows))
        .param("from", Times.argument(window.from()))
        .param("to", Times.argument(window.to()))
        .param("service", service);
  }

  /** Minutes are not kept as long as hours. */
  private Bucket sizeFor(TimeWindow window) {
    Bucket size = Bucket.forLength(window.length());
    if (size != Bucket.MINUTE) {
      return size;
    }
    boolean kept =
        database
            .client()
            .sql("SELECT 1 FROM usage_minute WHERE bucket >= :from AND bucket < :to LIMIT 1")
            .param("from", Times.argument(size.floor(window.from())))
            .param("to", Times.argument(window.to()))
            .query((row, number) -> row.getInt(1))
            .optional()
            .isPresent();
    return kept ? Bucket.MINUTE : Bucket.HOUR;
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
        latest);
  }
}
