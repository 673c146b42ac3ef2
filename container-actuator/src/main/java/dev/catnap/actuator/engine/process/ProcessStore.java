package dev.catnap.actuator.engine.process;

import dev.catnap.actuator.engine.EngineException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The processes known, in memory and on disk; those of an earlier run are there from the start. */
final class ProcessStore {
  private final Path directory;
  private final Map<String, ProcessRecord> records = new ConcurrentHashMap<>();

  ProcessStore(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
      try (DirectoryStream<Path> files =
          Files.newDirectoryStream(directory, "*" + ProcessRecord.SUFFIX)) {
        for (Path file : files) {
          ProcessRecord record = ProcessRecord.load(file);
          if (record != null) {
            records.put(record.name(), record);
          }
        }
      }
    } catch (IOException e) {
      throw failed("read", e);
    }
  }

  Path logOf(String name) {
    return directory.resolve(name + ".log");
  }

  List<ProcessRecord> all() {
    return List.copyOf(records.values());
  }

  @Nullable ProcessRecord get(String name) {
    return records.get(name);
  }

  void put(ProcessRecord record) {
    try {
      record.save(directory);
      records.put(record.name(), record);
    } catch (IOException e) {
      throw failed("write", e);
    }
  }

  void remove(String name) {
    try {
      Files.deleteIfExists(directory.resolve(name + ProcessRecord.SUFFIX));
      records.remove(name);
    } catch (IOException e) {
      throw failed("clean", e);
    }
  }

  private EngineException failed(String what, IOException e) {
    return new EngineException(
        EngineException.Kind.REFUSED,
        "cannot " + what + " the directory of processes " + directory + ": " + e.getMessage(),
        e);
  }
}
