package dev.catnap.allinone.up;

import dev.catnap.allinone.cli.ApiClient;
import dev.catnap.allinone.cli.CommandFailedException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Asks {@code /system/health}, as anybody could, until every part is up. */
final class HealthWatch {
  private static final Duration BETWEEN = Duration.ofMillis(50);
  private static final Duration NEWS_EVERY = Duration.ofSeconds(10);

  private final ApiClient client;
  private final Progress progress;
  private final Map<String, String> waitedFor = new LinkedHashMap<>();

  HealthWatch(ApiClient client, Progress progress) {
    this.client = client;
    this.progress = progress;
  }

  /** Returns when all are up; while they are not, says every ten seconds what is waited for. */
  void awaitAllUp() {
    long start = System.nanoTime();
    long news = start + NEWS_EVERY.toNanos();
    while (!allUp(Duration.ofNanos(System.nanoTime() - start))) {
      if (System.nanoTime() - news > 0) {
        waitedFor.forEach((part, detail) -> progress.info(part, "not up yet: " + detail));
        news += NEWS_EVERY.toNanos();
      }
      pause();
    }
  }

  private boolean allUp(Duration took) {
    Map<String, String> before = new LinkedHashMap<>(waitedFor);
    waitedFor.clear();
    JsonNode health = client.get("/system/health").json();
    for (JsonNode part : health.path("parts")) {
      String name = part.path("name").asString("");
      if (!part.path("status").asString("").equals("UP")) {
        waitedFor.put(name, part.path("detail").asString(""));
      } else if (before.containsKey(name)) {
        progress.up(name, took, "");
      }
    }
    return waitedFor.isEmpty() && health.path("status").asString("").equals("UP");
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(BETWEEN.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted while starting", e);
    }
  }
}
