package dev.catnap.bench;

import dev.catnap.events.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Puts services to sleep and asks for all of them at once through the gateway. */
final class Wakes {
  private final Requests requests = new Requests();
  private final String catnap;
  private final String gateway;

  Wakes(String catnap, String gateway) {
    this.catnap = catnap;
    this.gateway = gateway;
  }

  /**
   * From the first request to the last answer.
   *
   * @param rest between falling asleep and the first request
   */
  long nanos(List<Workload> asleep, Duration rest) throws InterruptedException {
    each(asleep, one -> requests.post(catnap + "/services/" + one.name() + "/sleep?wait=30s", 200));
    Thread.sleep(rest);
    long start = System.nanoTime();
    each(asleep, one -> requests.get(gateway + "/", one.name(), 200));
    return System.nanoTime() - start;
  }

  private static void each(List<Workload> workloads, Consumer<Workload> act) {
    if (workloads.size() == 1) {
      act.accept(workloads.getFirst());
      return;
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all =
          workloads.stream().<Future<?>>map(one -> threads.submit(() -> act.accept(one))).toList();
      for (Future<?> one : all) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a request failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  void printStages() {
    String performance = requests.get(catnap + "/metrics/performance?window=1h", null, 200);
    System.out.println(
        "stages of the wakes as recorded: "
            + Json.MAPPER.readTree(performance).at("/stagesMillis"));
  }
}
