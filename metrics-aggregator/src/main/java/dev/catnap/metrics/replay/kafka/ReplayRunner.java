package dev.catnap.metrics.replay.kafka;

import dev.catnap.metrics.replay.Replay;
import dev.catnap.metrics.replay.jdbc.ReplayStore;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Carries out replays, one at a time, whichever instance comes first. One that a crash ended is
 * gone on with; where the broker or the database is away it is tried again.
 */
public final class ReplayRunner implements SmartLifecycle {
  /** Carries out replays of one kind, and answers the rows of each table before and after. */
  interface Work {
    Map<String, Replay.Counts> run(Replay replay, ReplayRun run);
  }

  private static final Logger log = LoggerFactory.getLogger(ReplayRunner.class);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final long LOCK = 0x6361746e61705265L;

  private final MetricsDatabase database;
  private final DataSource dataSource;
  private final ReplayStore store;
  private final Log topics;
  private final Map<Replay.Kind, Work> works;
  private final Clock clock;
  private final int readers;
  private volatile @Nullable Thread thread;

  ReplayRunner(
      MetricsDatabase database,
      DataSource dataSource,
      ReplayStore store,
      Log topics,
      Map<Replay.Kind, Work> works,
      Clock clock,
      int readers) {
    this.database = database;
    this.dataSource = dataSource;
    this.store = store;
    this.topics = topics;
    this.works = works;
    this.clock = clock;
    this.readers = readers;
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(attempt() ? LOOK_EVERY : PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether nothing stood in the way. */
  private boolean attempt() {
    try {
      if (database.schemaProblem() == null) {
        Optional<Replay> next = store.next();
        if (next.isPresent()) {
          alone(next.get());
        }
      }
      return true;
    } catch (DataAccessException | KafkaException | SQLException e) {
      if (thread != null) {
        log.atWarn().addKeyValue("reason", e.getMessage()).log("replay goes on later");
      }
      return false;
    }
  }

  /** The lock goes with the connection: a crash frees it. */
  private void alone(Replay replay) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      if (asked(connection, "SELECT pg_try_advisory_lock(?)")) {
        try {
          carryOut(replay);
        } finally {
          boolean unused = asked(connection, "SELECT pg_advisory_unlock(?)");
        }
      }
    }
  }

  private static boolean asked(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, LOCK);
      try (ResultSet answer = statement.executeQuery()) {
        return answer.next() && answer.getBoolean(1);
      }
    }
  }

  private void carryOut(Replay replay) {
    if (!store.start(replay.id(), clock.instant())) {
      return;
    }
    log.atInfo().addKeyValue("replay", replay.id()).addKeyValue("kind", replay.kind()).log("begun");
    try {
      Work work = works.get(replay.kind());
      if (work == null) {
        throw new IllegalStateException("nobody carries out " + replay.kind());
      }
      ReplayRun run = new ReplayRun(replay, store, topics, clock, readers);
      store.done(replay.id(), work.run(replay, run), clock.instant());
      log.atInfo().addKeyValue("replay", replay.id()).log("done");
    } catch (ReplayRun.InterruptedReplay e) {
      log.atInfo().addKeyValue("replay", replay.id()).log("interrupted");
    } catch (DataAccessException | KafkaException e) {
      // Away: it stays running and goes on where it was.
      throw e;
    } catch (RuntimeException e) {
      log.atError().addKeyValue("replay", replay.id()).setCause(e).log("failed");
      store.failed(replay.id(), e.toString(), clock.instant());
    }
  }

  @Override
  public void start() {
    thread = Thread.ofPlatform().daemon().name("metrics-replay").start(this::run);
  }

  @Override
  public void stop() {
    Thread running = thread;
    thread = null;
    if (running != null) {
      running.interrupt();
      try {
        running.join(Duration.ofSeconds(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }
}
