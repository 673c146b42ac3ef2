package dev.catnap.metrics.usage.jdbc;

/**
 * Computes buckets of usage from what they consist of: minutes from samples, hours from minutes,
 * days from hours. All are sums and extremes of whole numbers, so the order of rows plays no part.
 */
final class UsageRollups {
  private static final String TOUCHED =
      "FROM unnest(?::text[], ?::text[], ?::timestamptz[]) AS t (service, container, bucket)\n";

  private static final String SET =
      """
      GROUP BY t.service, t.container, t.bucket
      ON CONFLICT (service, container, bucket) DO UPDATE SET
        samples = excluded.samples, sampled_millis = excluded.sampled_millis,
        cpu_core_micros = excluded.cpu_core_micros, cpu_cores_max = excluded.cpu_cores_max,
        memory_byte_millis = excluded.memory_byte_millis,
        memory_bytes_max = excluded.memory_bytes_max, memory_bytes_min = excluded.memory_bytes_min,
        network_rx_bytes = excluded.network_rx_bytes, network_tx_bytes = excluded.network_tx_bytes,
        block_read_bytes = excluded.block_read_bytes,
        block_write_bytes = excluded.block_write_bytes, last_at = excluded.last_at
      """;

  private static final String COLUMNS =
      """
       (service, container, bucket, samples, sampled_millis, cpu_core_micros,
        cpu_cores_max, memory_byte_millis, memory_bytes_max, memory_bytes_min,
        network_rx_bytes, network_tx_bytes, block_read_bytes, block_write_bytes, last_at)
      """;

  /** Arguments: services, containers and starts of the minutes. */
  static final String MINUTES =
      "INSERT INTO usage_minute"
          + COLUMNS
          + """
          SELECT t.service, t.container, t.bucket, count(*), sum(s.window_millis),
            sum(s.cpu_core_micros), max(s.cpu_cores),
            sum(s.memory_bytes::numeric * s.window_millis), max(s.memory_bytes),
            min(s.memory_bytes), sum(s.network_rx_bytes), sum(s.network_tx_bytes),
            sum(s.block_read_bytes), sum(s.block_write_bytes), max(s.at)
          """
          + TOUCHED
          + """
          JOIN resource_sample s ON s.service = t.service AND s.container = t.container
            AND s.at >= t.bucket AND s.at < t.bucket + interval '1 minute'
          """
          + SET;

  /** Arguments: services, containers and starts of the hours. */
  static final String HOURS = coarser("usage_hour", "usage_minute", "1 hour");

  /** Arguments: services, containers and starts of the days. */
  static final String DAYS = coarser("usage_day", "usage_hour", "24 hours");

  private UsageRollups() {}

  private static String coarser(String table, String from, String size) {
    return "INSERT INTO "
        + table
        + COLUMNS
        + """
        SELECT t.service, t.container, t.bucket, sum(u.samples), sum(u.sampled_millis),
          sum(u.cpu_core_micros), max(u.cpu_cores_max), sum(u.memory_byte_millis),
          max(u.memory_bytes_max), min(u.memory_bytes_min), sum(u.network_rx_bytes),
          sum(u.network_tx_bytes), sum(u.block_read_bytes), sum(u.block_write_bytes),
          max(u.last_at)
        """
        + TOUCHED
        + "JOIN "
        + from
        + " u ON u.service = t.service AND u.container = t.container\n"
        + "  AND u.bucket >= t.bucket AND u.bucket < t.bucket + interval '"
        + size
        + "'\n"
        + SET;
  }
}
