package dev.catnap.actuator.engine.docker;

import dev.catnap.actuator.engine.StorageShares;
import dev.catnap.actuator.engine.StorageShares.Holder;
import dev.catnap.events.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What disk containers hold: their writable layers and volumes, in one answer of the engine. The
 * client library has no command for it.
 *
 * <p>Bind mounts are the host's own files, images are shared by design: neither is in the answer.
 * Nor is the size of a volume of another driver than the engine's own.
 */
final class DockerStorage {
  /** Older engines tell of images and build cache as well, and do not mind being asked so. */
  private static final String PATH = "/system/df?type=container&type=volume";

  private final DockerConnection connection;
  private final EngineCalls calls;

  DockerStorage(DockerConnection connection, EngineCalls calls) {
    this.connection = connection;
    this.calls = calls;
  }

  Map<String, Long> read(Duration within) {
    return shares(calls.read("disk usage", within, client -> connection.get(PATH)));
  }

  static Map<String, Long> shares(byte[] answer) {
    JsonNode usage = Json.MAPPER.readTree(answer);
    List<Holder> holders = new ArrayList<>();
    usage.path("Containers").forEach(container -> holders.add(holder(container)));
    Map<String, Long> volumes = new HashMap<>();
    for (JsonNode volume : usage.path("Volumes")) {
      long bytes = volume.path("UsageData").path("Size").asLong(-1);
      if (bytes >= 0) {
        volumes.put(volume.path("Name").asString(), bytes);
      }
    }
    return StorageShares.of(holders, volumes);
  }

  /** A layer without files has no size in the answer. */
  private static Holder holder(JsonNode container) {
    List<String> names = new ArrayList<>();
    container.path("Names").forEach(name -> names.add(name.asString()));
    Set<String> volumes = new HashSet<>();
    for (JsonNode mount : container.path("Mounts")) {
      if (mount.path("Type").asString("").equals("volume")) {
        volumes.add(mount.path("Name").asString(""));
      }
    }
    return new Holder(
        Snapshots.nameOf(names, container.path("Id").asString("")),
        Math.max(0, container.path("SizeRw").asLong(0)),
        volumes);
  }
}
