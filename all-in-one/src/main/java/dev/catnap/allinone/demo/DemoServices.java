package dev.catnap.allinone.demo;

import dev.catnap.allinone.cli.ApiClient;
import dev.catnap.allinone.cli.CommandFailedException;
import dev.catnap.allinone.up.CatnapProcess;
import dev.catnap.allinone.up.Progress;
import dev.catnap.allinone.up.RunPlan;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Makes ready what the demo runs: the image, and the file of definitions. */
final class DemoServices {
  private static final Duration STOP_WAIT = Duration.ofSeconds(5);

  private final RunPlan plan;
  private final SampleServices samples;
  private final @Nullable DemoEngine engine;

  private DemoServices(RunPlan plan, SampleServices samples, @Nullable DemoEngine engine) {
    this.plan = plan;
    this.samples = samples;
    this.engine = engine;
  }

  /**
   * @param engine null: local processes
   */
  static DemoServices prepare(RunPlan plan, @Nullable DemoEngine engine, Progress progress)
      throws IOException {
    SampleServices samples = new SampleServices();
    String definitions;
    if (engine == null) {
      definitions = samples.asProcesses(classPath());
    } else {
      removeLeftovers(engine, progress);
      makeImage(engine, progress);
      definitions = samples.asContainers(DemoEngine.image());
    }
    Files.createDirectories(plan.data());
    Path file = plan.data().resolve("services.yml");
    Files.writeString(file, definitions);
    // A demo must leave the containers alone that a person has labelled for another Catnap.
    Map<String, String> onlyItsOwn =
        Map.of("catnap.container-actuator.required-labels[" + DemoEngine.LABEL + "]", "true");
    return new DemoServices(plan.withServices(file).withSettings(onlyItsOwn), samples, engine);
  }

  private static void removeLeftovers(DemoEngine engine, Progress progress) {
    int removed = engine.removeContainers();
    if (removed > 0) {
      progress.info("demo", "removed " + removed + " containers of an earlier demo");
    }
  }

  private static void makeImage(DemoEngine engine, Progress progress) {
    if (engine.hasImage()) {
      return;
    }
    progress.info("demo", "making the image " + DemoEngine.image() + " from this host's JDK");
    long start = System.nanoTime();
    engine.buildImage();
    progress.up("demo image", Duration.ofNanos(System.nanoTime() - start), DemoEngine.image());
  }

  private static Path classPath() {
    try {
      return Path.of(DemoService.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new CommandFailedException("the demo's program cannot be found: " + e.getMessage(), e);
    }
  }

  RunPlan plan() {
    return plan;
  }

  /** Where each service listens on this host. */
  Map<String, Integer> ports() {
    return samples.ports();
  }

  /** Leaves nothing behind: neither containers nor processes. */
  void removeWhenStopped(CatnapProcess catnap) {
    if (engine != null) {
      catnap.afterStop(engine::removeContainers);
    } else {
      catnap.beforeStop(() -> stopProcesses(new ApiClient(catnap.address())));
    }
  }

  /**
   * All at once, since each may take its time; one that fails keeps no other from being stopped.
   */
  private void stopProcesses(ApiClient api) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (String service : ports().keySet()) {
        threads.execute(() -> {
          String path = "/services/" + service + "/stop?wait=" + STOP_WAIT.toSeconds() + "s";
          api.post(path, STOP_WAIT.plusSeconds(2));
        });
      }
    }
  }
}
