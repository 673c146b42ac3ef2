package dev.catnap.metrics.replay.jdbc;

import dev.catnap.events.json.Json;
import dev.catnap.metrics.replay.Replay;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.storage.jdbc.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * The replays that were asked for. Each change of state holds only from the states it can follow.
 */
public final class ReplayStore {
  private final MetricsDatabase database;

  public ReplayStore(MetricsDatabase database) {
    this.database = database;
  }

  public void add(Replay replay) {
    database
        .client()
        .sql(
            """
            INSERT INTO replay (id, kind, from_at, to_at, service, state, asked_at)
            VALUES (:id, :kind, :from, :to, :service, 'waiting', :at)
            """)
        .param("id", replay.id())
        .param("kind", name(replay.kind()))
        .param("from", time(replay.from()))
        .param("to", time(replay.to()))
        .param("service", replay.service())
        .param("at", Times.argument(replay.askedAt()))
        .update();
  }

  /** The newest first. */
  public List<Replay> all() {
    return database
        .client()
        .sql("SELECT * FROM replay ORDER BY asked_at DESC, id")
        .query((row, number) -> read(row))
        .list();
  }

  public Optional<Replay> find(UUID id) {
    return database
        .client()
        .sql("SELECT * FROM replay WHERE id = :id")
        .param("id", id)
        .query((row, number) -> read(row))
        .optional();
  }

  /** One that a crash ended goes on first, then the one that waits longest. */
  public Optional<Replay> next() {
    return database
        .client()
        .sql(
            """
            SELECT * FROM replay WHERE state IN ('running', 'waiting')
            ORDER BY state, asked_at, id LIMIT 1
            """)
        .query((row, number) -> read(row))
        .optional();
  }

  /** Whether it had been waiting or running, and is interrupted now. */
  public boolean interrupt(UUID id, Instant now) {
    return update(
        "state = 'interrupted', ended_at = :now WHERE id = :id AND state IN ('waiting', 'running')",
        id,
        now);
  }

  /** Whether it had been interrupted or failed, and waits to go on now. */
  public boolean resume(UUID id, Instant now) {
    return update(
        "state = 'waiting', ended_at = NULL, failure = NULL, asked_at = :now"
            + " WHERE id = :id AND state IN ('interrupted', 'failed')",
        id,
        now);
  }

  public boolean start(UUID id, Instant now) {
    return update(
        "state = 'running', started_at = coalesce(started_at, :now), resumed_at = :now,"
            + " resumed_read = records_read WHERE id = :id AND state IN ('waiting', 'running')",
        id,
        now);
  }

  private boolean update(String set, UUID id, Instant now) {
    return database
            .client()
            .sql("UPDATE replay SET " + set)
            .param("id", id)
            .param("now", Times.argument(now))
            .update()
        == 1;
  }

  /** Whether it is still to go on: nobody interrupted it. */
  public boolean progress(UUID id, long read, long total) {
    return database
            .client()
            .sql(
                """
                UPDATE replay SET records_read = :read, records_total = :total
                WHERE id = :id AND state = 'running'
                """)
            .param("id", id)
            .param("read", read)
            .param("total", total)
            .update()
        == 1;
  }

  public void done(UUID id, Map<String, Replay.Counts> counts, Instant now) {
    database
        .client()
        .sql(
            "UPDATE replay SET state = 'done', ended_at = :now, counts = :counts::jsonb"
                + " WHERE id = :id")
        .param("id", id)
        .param("now", Times.argument(now))
        .param("counts", Json.MAPPER.writeValueAsString(counts))
        .update();
  }

  public void failed(UUID id, String failure, Instant now) {
    database
        .client()
        .sql(
            """
            UPDATE replay SET state = 'failed', ended_at = :now, failure = :failure
            WHERE id = :id AND state = 'running'
            """)
        .param("id", id)
        .param("now", Times.argument(now))
        .param("failure", failure)
        .update();
  }

  private static Replay read(ResultSet row) throws SQLException {
    String counts = row.getString("counts");
    return new Replay(
        row.getObject("id", UUID.class),
        Replay.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        Times.read(row, "from_at"),
        Times.read(row, "to_at"),
        row.getString("service"),
        Replay.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        Times.required(row, "asked_at"),
        Times.read(row, "started_at"),
        Times.read(row, "ended_at"),
        new Replay.Progress(
            row.getLong("records_read"),
            row.getLong("records_total"),
            Times.read(row, "resumed_at"),
            row.getLong("resumed_read")),
        counts == null ? null : Json.MAPPER.readValue(counts, new TypeReference<>() {}),
        row.getString("failure"));
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable Object time(@Nullable Instant at) {
    return at == null ? null : Times.argument(at);
  }
}
