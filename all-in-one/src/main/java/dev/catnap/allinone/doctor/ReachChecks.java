package dev.catnap.allinone.doctor;

import dev.catnap.allinone.cli.Addresses;
import dev.catnap.allinone.cli.ApiClient;
import dev.catnap.allinone.cli.CommandFailedException;
import dev.catnap.allinone.host.OutsideServers;
import dev.catnap.allinone.host.Ports;
import org.jspecify.annotations.Nullable;

/** Checks of what is reached over the network: Catnap's own port, an outside broker or database. */
final class ReachChecks {
  private ReachChecks() {}

  static Finding port(String bind, int port) {
    String problem = Ports.problem(bind, port);
    if (problem == null) {
      return Finding.ok("port", bind + ":" + port + " is free");
    }
    String catnap = catnapAt(bind, port);
    return catnap != null
        ? Finding.ok("port", "Catnap runs at " + catnap)
        : Finding.fail(
            "port",
            bind + ":" + port + " cannot be used: " + problem,
            "end what listens there, or choose another with --port or --bind");
  }

  private static @Nullable String catnapAt(String bind, int port) {
    try {
      ApiClient client = new ApiClient(Addresses.url(bind, port));
      return client.get("/system/health").json().has("parts") ? client.base().toString() : null;
    } catch (CommandFailedException somethingElse) {
      return null;
    }
  }

  static Finding kafka(@Nullable String bootstrapServers) {
    if (bootstrapServers == null) {
      return Finding.ok("kafka", "embedded");
    }
    String problem = OutsideServers.kafkaProblem(bootstrapServers);
    return problem == null
        ? Finding.ok("kafka", "a broker answers at " + bootstrapServers)
        : Finding.fail("kafka", problem, "start it, or leave out --kafka to use the embedded one");
  }

  static Finding postgres(OutsideServers.@Nullable Database database) {
    if (database == null) {
      return Finding.ok("postgres", "embedded");
    }
    String problem = OutsideServers.postgresProblem(database);
    return problem == null
        ? Finding.ok("postgres", "a database answers at " + database.address())
        : Finding.fail(
            "postgres", problem, "start it, or leave out --postgres to use the embedded one");
  }
}
