package dev.catnap.actuator.engine.process;

import dev.catnap.events.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A process as it is remembered on disk, so that the next run of the actuator finds it again.
 *
 * @param pid 0: never started
 * @param startTicks when the process began, in the kernel's count; a pid given to another process
 *     since then has another one
 */
record ProcessRecord(
    String name,
    String service,
    List<String> command,
    Map<String, String> environment,
    Instant createdAt,
    long pid,
    long startTicks,
    @Nullable Instant startedAt) {
  static final String SUFFIX = ".process.json";

  ProcessRecord started(long newPid, long newStartTicks, Instant at) {
    return new ProcessRecord(
        name, service, command, environment, createdAt, newPid, newStartTicks, at);
  }

  /** In one step, so that a crash leaves the old one or the new one. */
  void save(Path directory) throws IOException {
    Path file = directory.resolve(name + SUFFIX);
    Path written = directory.resolve(name + ".tmp");
    Files.write(written, Json.MAPPER.writeValueAsBytes(this));
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * @return null when it cannot be read
   */
  static @Nullable ProcessRecord load(Path file) {
    try {
      return Json.MAPPER.readValue(Files.readAllBytes(file), ProcessRecord.class);
    } catch (IOException | JacksonException e) {
      return null;
    }
  }
}
