package dev.catnap.allinone.up;

import dev.catnap.allinone.cli.CommandFailedException;
import dev.catnap.allinone.host.OutsideServers;
import dev.catnap.allinone.host.OutsideServers.Database;
import dev.catnap.embedded.EmbeddedServerException;
import dev.catnap.embedded.kafka.EmbeddedKafka;
import dev.catnap.embedded.kafka.EmbeddedKafkaSettings;
import dev.catnap.embedded.postgres.EmbeddedPostgres;
import dev.catnap.embedded.postgres.EmbeddedPostgresSettings;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The broker and the database, brought along or somebody else's. */
public final class Backends implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Backends.class);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final RunPlan plan;
  private final Progress progress;
  private volatile @Nullable EmbeddedKafka kafka;
  private volatile @Nullable EmbeddedPostgres postgres;
  private boolean closed;

  Backends(RunPlan plan, Progress progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * Starts both at once; what was started stays to be closed when the other fails.
   *
   * @throws CommandFailedException when one does not start or does not answer
   */
  void start() {
    CompletableFuture<Void> broker = onThread("start-broker", this::startBroker);
    CompletableFuture<Void> database = onThread("start-database", this::startDatabase);
    try {
      CompletableFuture.allOf(broker, database).join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof EmbeddedServerException) {
        throw new CommandFailedException(String.valueOf(cause.getMessage()), cause);
      }
      throw cause instanceof RuntimeException unchecked ? unchecked : e;
    }
  }

  private static CompletableFuture<Void> onThread(String name, Runnable work) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name(name)
        .start(() -> {
          try {
            work.run();
            done.complete(null);
          } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }

  private void startBroker() {
    timed(
        "broker",
        () -> {
          if (plan.kafka() != null) {
            refuse(OutsideServers.kafkaProblem(plan.kafka()));
          } else {
            kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(plan.data().resolve("kafka")));
          }
          return "Kafka at " + bootstrapServers();
        });
  }

  private void startDatabase() {
    timed(
        "database",
        () -> {
          if (plan.postgres() != null) {
            refuse(OutsideServers.postgresProblem(plan.postgres()));
          } else {
            keepRunning(startPostgres());
          }
          return "PostgreSQL at " + database().address();
        });
  }

  private EmbeddedPostgres startPostgres() {
    EmbeddedPostgres started =
        EmbeddedPostgres.start(EmbeddedPostgresSettings.in(plan.data().resolve("postgres")));
    postgres = started;
    return started;
  }

  /** Our own database is a process that may be killed, such as for want of memory. */
  private void keepRunning(EmbeddedPostgres database) {
    ProcessHandle.of(database.pid())
        .map(ProcessHandle::onExit)
        .orElseGet(() -> CompletableFuture.completedFuture(null))
        .thenRun(() -> onThread("restart-database", () -> startAgain(database)));
  }

  private void startAgain(EmbeddedPostgres ended) {
    Duration pause = FIRST_PAUSE;
    while (!startedAgain(ended)) {
      LockSupport.parkNanos(pause.toNanos());
      Duration doubled = pause.multipliedBy(2);
      pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
  }

  /** Whether there is nothing more to do. */
  private synchronized boolean startedAgain(EmbeddedPostgres ended) {
    if (closed) {
      return true;
    }
    try {
      ended.close();
      keepRunning(startPostgres());
      log.warn("the database ended by itself and was started again");
      return true;
    } catch (EmbeddedServerException e) {
      log.atWarn()
          .addKeyValue("cause", e.getMessage())
          .log("the database ended by itself and cannot be started again yet");
      return false;
    }
  }

  private void timed(String part, Supplier<String> work) {
    long start = System.nanoTime();
    String text = work.get();
    progress.up(part, Duration.ofNanos(System.nanoTime() - start), text);
  }

  private static void refuse(@Nullable String problem) {
    if (problem != null) {
      throw new CommandFailedException(problem);
    }
  }

  /** Where the broker is. */
  public String bootstrapServers() {
    EmbeddedKafka own = kafka;
    if (own != null) {
      return own.bootstrapServers();
    }
    return Objects.requireNonNull(plan.kafka(), "the broker was not started");
  }

  /** Where the database is, and how to be let in. */
  public Database database() {
    EmbeddedPostgres own = postgres;
    if (own != null) {
      return new Database(own.jdbcUrl(), own.user(), own.password());
    }
    return Objects.requireNonNull(plan.postgres(), "the database was not started");
  }

  /** Process id of the embedded database; -1 when there is none. */
  public long databasePid() {
    EmbeddedPostgres own = postgres;
    return own == null ? -1 : own.pid();
  }

  /** The embedded broker, to be stopped and started by a test; null when it is an outside one. */
  public @Nullable EmbeddedKafka embeddedKafka() {
    return kafka;
  }

  /** Broker first: the database is what its readers write to. */
  @Override
  public synchronized void close() {
    closed = true;
    try {
      EmbeddedKafka broker = kafka;
      if (broker != null) {
        broker.close();
      }
    } finally {
      EmbeddedPostgres database = postgres;
      if (database != null) {
        database.close();
      }
    }
  }
}
