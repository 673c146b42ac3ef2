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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The broker and the database, brought along or somebody else's. */
public final class Backends implements AutoCloseable {
  private final RunPlan plan;
  private final Progress progress;
  private volatile @Nullable EmbeddedKafka kafka;
  private volatile @Nullable EmbeddedPostgres postgres;

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
            postgres =
                EmbeddedPostgres.start(
                    EmbeddedPostgresSettings.in(plan.data().resolve("postgres")));
          }
          return "PostgreSQL at " + database().address();
        });
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
  public void close() {
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
