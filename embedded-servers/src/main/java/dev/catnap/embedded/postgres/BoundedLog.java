package dev.catnap.embedded.postgres;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies a program's output to a file of at most 4 million characters; what was there before is
 * kept once more as {@code <name>.1}. The last lines stay in memory for error messages.
 */
final class BoundedLog {

  private static final Logger log = LoggerFactory.getLogger(BoundedLog.class);
  private static final long MOST_CHARACTERS = 4_000_000;
  private static final int LAST_LINES = 15;

  private final Path file;
  private final Deque<String> lastLines = new ArrayDeque<>();
  private long written;

  BoundedLog(Path file) {
    this.file = file;
  }

  /** Copies until the program ends. Reads on when the file fails, so the program never blocks. */
  void copy(InputStream output) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        remember(line);
        append(line);
      }
    } catch (IOException ended) {
      log.debug("The output of PostgreSQL ended: {}", ended.toString());
    }
  }

  private synchronized void remember(String line) {
    lastLines.add(line);
    if (lastLines.size() > LAST_LINES) {
      lastLines.remove();
    }
  }

  synchronized String lastLines() {
    return String.join(System.lineSeparator(), lastLines);
  }

  private void append(String line) {
    try {
      if (written == 0 && Files.exists(file)) {
        written = Files.size(file);
      }
      if (written > MOST_CHARACTERS) {
        Files.move(
            file,
            file.resolveSibling(file.getFileName() + ".1"),
            StandardCopyOption.REPLACE_EXISTING);
        written = 0;
      }
      try (BufferedWriter out =
          Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        out.write(line);
        out.newLine();
      }
      written += line.length() + 1L;
    } catch (IOException e) {
      log.warn("PostgreSQL's log {} cannot be written ({}): {}", file, e.toString(), line);
    }
  }
}
