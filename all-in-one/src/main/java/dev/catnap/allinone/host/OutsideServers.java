package dev.catnap.allinone.host;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** A broker and a database that others run: whether they answer. */
public final class OutsideServers {
  private static final Duration TIMEOUT = Duration.ofSeconds(6);

  private OutsideServers() {}

  /**
   * A database.
   *
   * @param url JDBC URL
   * @param user null: as the URL says
   */
  public record Database(String url, @Nullable String user, @Nullable String password) {
    /** The URL without parameters, which may hold a password. */
    public String address() {
      return url.replaceFirst("[?].*", "");
    }

    /** Never shows the password. */
    @Override
    public String toString() {
      return address();
    }
  }

  /** Why no broker can be reached; null when one answers. */
  public static @Nullable String kafkaProblem(String bootstrapServers) {
    int millis = (int) TIMEOUT.toMillis();
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis))) {
      var unused = admin.describeCluster().nodes().get(millis, TimeUnit.MILLISECONDS);
      return null;
    } catch (KafkaException e) {
      return "no Kafka broker at " + bootstrapServers + ": " + innermost(e);
    } catch (ExecutionException | TimeoutException e) {
      return "no Kafka broker answers at "
          + bootstrapServers
          + " within "
          + TIMEOUT.toSeconds()
          + " s";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  /** Why the database cannot be used; null when it answers. */
  public static @Nullable String postgresProblem(Database database) {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", Long.toString(TIMEOUT.toSeconds()));
    properties.setProperty("socketTimeout", Long.toString(TIMEOUT.toSeconds()));
    if (database.user() != null) {
      properties.setProperty("user", database.user());
    }
    if (database.password() != null) {
      properties.setProperty("password", database.password());
    }
    try (Connection connection = DriverManager.getConnection(database.url(), properties)) {
      return connection.isValid((int) TIMEOUT.toSeconds()) ? null : "the database does not answer";
    } catch (SQLException e) {
      return "no PostgreSQL at " + database.address() + ": " + e.getMessage();
    }
  }

  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
