package dev.catnap.allinone.demo;

import dev.catnap.allinone.cli.ApiClient;
import dev.catnap.allinone.up.CatnapProcess;
import dev.catnap.allinone.up.Progress;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Gateway and traffic for a bounded time, and then the summary. */
final class Demo {
  private static final Duration NEWS_EVERY = Duration.ofSeconds(5);

  private final CatnapProcess catnap;
  private final Map<String, Integer> ports;
  private final Progress progress;
  private final DemoSummary summary;
  private final Clock clock;

  Demo(
      CatnapProcess catnap,
      Map<String, Integer> ports,
      Progress progress,
      DemoSummary summary,
      Clock clock) {
    this.catnap = catnap;
    this.ports = ports;
    this.progress = progress;
    this.summary = summary;
    this.clock = clock;
  }

  /** Ends early when the process is asked to stop. The gateway goes on until then. */
  void run(Duration duration) throws IOException, InterruptedException {
    DemoGateway gateway = DemoGateway.start(catnap.address(), ports);
    catnap.beforeStop(gateway::close);
    progress.info("gateway", "at " + gateway.address() + "/{service}/, asks the gate each time");
    ApiClient api = new ApiClient(catnap.address());
    Traffic traffic = new Traffic(gateway.address());
    catnap.beforeStop(traffic::close);
    traffic.start(List.copyOf(ports.keySet()));
    Instant from = clock.instant();
    long end = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
      if (catnap.awaitStop(Duration.ofNanos(Math.min(left, NEWS_EVERY.toNanos())))) {
        return;
      }
      progress.info("services", ServiceStates.line(api));
    }
    traffic.close();
    Instant to = clock.instant();
    summary.print(
        DemoFigures.of(api, from, to), traffic.log(), catnap.address(), gateway.address());
  }
}
