package dev.catnap.kit.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks all parts at once, each for at most two and a half seconds, and remembers since when. */
public final class SystemHealth {
  private static final Duration AT_MOST = Duration.ofMillis(2_500);

  private final List<SystemPart> parts;
  private final Clock clock;
  private final Map<String, Since> since = new ConcurrentHashMap<>();

  public SystemHealth(List<SystemPart> parts, Clock clock) {
    this.parts = parts.stream().sorted(Comparator.comparing(SystemPart::name)).toList();
    this.clock = clock;
  }

  private record Since(SystemPart.Condition condition, Instant at) {}

  /**
   * @param since when this status was first seen by somebody who asked
   */
  public record PartHealth(
      String name,
      SystemPart.Kind kind,
      SystemPart.Condition status,
      @Nullable String detail,
      Instant since) {}

  /** In the order of their names. */
  public List<PartHealth> ask() {
    List<CompletableFuture<PartHealth>> answers = parts.stream().map(this::ask).toList();
    return answers.stream().map(CompletableFuture::join).toList();
  }

  private CompletableFuture<PartHealth> ask(SystemPart part) {
    CompletableFuture<SystemPart.Report> report = new CompletableFuture<>();
    Thread.ofVirtual().name("health-" + part.name()).start(() -> answer(part, report));
    return report
        .completeOnTimeout(
            SystemPart.Report.down("no answer within " + AT_MOST.toMillis() + " ms"),
            AT_MOST.toMillis(),
            TimeUnit.MILLISECONDS)
        .thenApply(answer -> withSince(part, answer));
  }

  private static void answer(SystemPart part, CompletableFuture<SystemPart.Report> report) {
    try {
      report.complete(part.report());
    } catch (RuntimeException e) {
      report.complete(SystemPart.Report.down("cannot say how it is: " + e.getMessage()));
    }
  }

  private PartHealth withSince(SystemPart part, SystemPart.Report report) {
    Instant now = clock.instant();
    Since seen =
        since.merge(
            part.name(),
            new Since(report.condition(), now),
            (before, fresh) -> before.condition() == fresh.condition() ? before : fresh);
    return new PartHealth(part.name(), part.kind(), report.condition(), report.detail(), seen.at());
  }
}
