package dev.catnap.policy.catalog.file;

import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.kit.health.SystemPart;
import dev.catnap.kit.http.ProblemException;
import dev.catnap.policy.catalog.Interpolation;
import dev.catnap.policy.catalog.ServicesDocument;
import dev.catnap.policy.catalog.kafka.Catalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Publishes the definitions of a services file, at the start and whenever the file changes.
 *
 * <p>A definition counts as written when the file was changed, so one that was put over HTTP later
 * stands, also over a restart. A service that is taken out of the file stays defined until it is
 * removed over HTTP. A file that is not there defines nothing.
 */
public final class ServicesFile implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(ServicesFile.class);

  private final Path file;
  private final Duration check;
  private final Catalog catalog;
  private final Interpolation variables = new Interpolation(System::getenv);
  private volatile List<String> problems = List.of();
  private volatile @Nullable Thread thread;
  private @Nullable FileTime published;

  /**
   * @param check how often to look whether it changed
   */
  public ServicesFile(Path file, Duration check, Catalog catalog) {
    this.file = file;
    this.check = check;
    this.catalog = catalog;
  }

  @Override
  public void start() {
    thread = Thread.ofVirtual().name("services-file").start(this::follow);
  }

  private void follow() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        look();
        Thread.sleep(check);
      }
    } catch (InterruptedException e) {
      // Asked to stop.
    }
  }

  private void look() {
    try {
      FileTime changed = Files.getLastModifiedTime(file);
      if (!Objects.equals(changed, published)) {
        publish(read(changed.toInstant()));
        published = changed;
      }
    } catch (NoSuchFileException e) {
      published = null;
      say(List.of());
    } catch (IOException e) {
      say(List.of(file + " cannot be read: " + e));
    } catch (ProblemException e) {
      // The log is away: the same file is tried again at the next look.
      log.atWarn().addKeyValue("cause", e.detail()).log("services file not published yet");
    }
  }

  private ServicesDocument read(Instant changed) throws IOException {
    try {
      Object parsed =
          new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
      return ServicesDocument.read(parsed, variables, changed);
    } catch (YAMLException | InvalidFieldException e) {
      return new ServicesDocument(List.of(), List.of(file + " cannot be read: " + e.getMessage()));
    }
  }

  private void publish(ServicesDocument document) {
    int changed = 0;
    for (ServiceDefinition definition : document.definitions()) {
      ServiceDefinition next = definition.succeeding(catalog.find(definition.name()));
      if (next != null) {
        catalog.put(next);
        changed++;
      }
    }
    log.atInfo()
        .addKeyValue("file", file)
        .addKeyValue("services", document.definitions().size())
        .addKeyValue("changed", changed)
        .log("services file read");
    say(document.problems());
  }

  private void say(List<String> found) {
    if (!found.equals(problems)) {
      found.forEach(problem ->
          log.atWarn().addKeyValue("file", file).addKeyValue("problem", problem).log("left out"));
    }
    problems = found;
  }

  /** What is wrong with the file, one sentence each; empty when nothing is. */
  public List<String> problems() {
    return problems;
  }

  /** Adds to a report what is wrong with the file. */
  public SystemPart.Report addTo(SystemPart.Report report) {
    List<String> wrong = problems;
    return wrong.isEmpty() || report.condition() != SystemPart.Condition.UP
        ? report
        : SystemPart.Report.degraded("services file: " + String.join("; ", wrong));
  }

  @Override
  public void stop() {
    Thread following = thread;
    if (following != null) {
      following.interrupt();
    }
    thread = null;
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }
}
