package dev.catnap.allinone.up;

import dev.catnap.allinone.cli.Addresses;
import dev.catnap.allinone.cli.ApiClient;
import dev.catnap.allinone.cli.CommandFailedException;
import dev.catnap.allinone.host.Ports;
import dev.catnap.embedded.DirectoryLock;
import dev.catnap.embedded.EmbeddedServerException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A running Catnap: lock on the data, broker and database, and the five parts in one context.
 *
 * <p>Stops in the order in which the parts need each other: context, broker, database, lock.
 */
public final class CatnapProcess implements AutoCloseable {
  private final RunPlan plan;
  private final Backends backends;
  private final DirectoryLock lock;
  private final CountDownLatch stopAsked = new CountDownLatch(1);
  private final List<Runnable> beforeStop = new CopyOnWriteArrayList<>();
  private final List<Runnable> afterStop = new CopyOnWriteArrayList<>();
  private volatile @Nullable ConfigurableApplicationContext context;
  private volatile boolean closed;

  private CatnapProcess(RunPlan plan, DirectoryLock lock, Backends backends) {
    this.plan = plan;
    this.lock = lock;
    this.backends = backends;
  }

  /**
   * Starts everything and returns once everything answers.
   *
   * @throws CommandFailedException when something cannot start; nothing is left running then
   */
  public static CatnapProcess start(RunPlan plan, Progress progress) {
    return start(plan, claim(plan), progress);
  }

  /** As above, with what {@link #claim} gave, which ends with the process. */
  public static CatnapProcess start(RunPlan plan, DirectoryLock lock, Progress progress) {
    long start = System.nanoTime();
    CatnapProcess process = new CatnapProcess(plan, lock, new Backends(plan, progress));
    StopSignal.stops(process);
    try {
      process.startParts(progress);
      new HealthWatch(new ApiClient(process.address()), progress).awaitAllUp();
      progress.ready(process.address(), Duration.ofNanos(System.nanoTime() - start));
      return process;
    } catch (RuntimeException e) {
      process.close();
      throw StopSignal.isEnding() ? new CommandFailedException("stopped while starting", e) : e;
    }
  }

  /**
   * Makes sure that nobody else has the port or the data; nothing has been touched before.
   *
   * @throws CommandFailedException when somebody has
   */
  public static DirectoryLock claim(RunPlan plan) {
    String portProblem = Ports.problem(plan.bind(), plan.port());
    if (portProblem != null) {
      throw new CommandFailedException(
          "%s:%d cannot be listened on: %s. Choose another with --port or --bind."
              .formatted(plan.bind(), plan.port(), portProblem));
    }
    LogFile.use(plan.data());
    try {
      return DirectoryLock.acquire(plan.data(), "Catnap");
    } catch (EmbeddedServerException e) {
      throw new CommandFailedException(String.valueOf(e.getMessage()), e);
    }
  }

  private void startParts(Progress progress) {
    backends.start();
    long start = System.nanoTime();
    try {
      context = Parts.start(plan, backends);
    } catch (RuntimeException e) {
      throw new CommandFailedException(
          "the services do not start: %s. More in %s"
              .formatted(StartFailure.explain(e), LogFile.below(plan.data())),
          e);
    }
    progress.up(
        "services", Duration.ofNanos(System.nanoTime() - start), "listening at " + address());
  }

  /** Where it is reached from this host. */
  public URI address() {
    ConfigurableApplicationContext running = context;
    int port =
        running instanceof WebServerApplicationContext web && web.getWebServer() != null
            ? web.getWebServer().getPort()
            : plan.port();
    return Addresses.url(plan.bind(), port);
  }

  public Backends backends() {
    return backends;
  }

  /** The one context of the five parts. */
  public ConfigurableApplicationContext context() {
    return Objects.requireNonNull(context, "not started");
  }

  /** Runs this as the first thing of a stop, while everything still answers; the latest first. */
  public void beforeStop(Runnable work) {
    beforeStop.add(work);
  }

  /** Runs this as the last thing of a stop, when nothing of Catnap acts any more. */
  public void afterStop(Runnable work) {
    afterStop.add(work);
  }

  boolean isClosed() {
    return closed;
  }

  /** Asks for the end; returns at once. */
  void askToStop() {
    stopAsked.countDown();
  }

  /** Returns when a signal asked for the end. */
  public void awaitStop() throws InterruptedException {
    stopAsked.await();
  }

  /** Waits for a signal; whether one came within {@code atMost}. */
  public boolean awaitStop(Duration atMost) throws InterruptedException {
    return stopAsked.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Stops everything. Doing so twice is harmless. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    List<Runnable> steps = new ArrayList<>(beforeStop.reversed());
    steps.add(this::closeContext);
    steps.add(backends::close);
    steps.addAll(afterStop);
    steps.add(lock::close);
    runAll(steps);
  }

  /** A step that fails keeps no other from its turn; the first failure is told. */
  private static void runAll(List<Runnable> steps) {
    RuntimeException first = null;
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private void closeContext() {
    ConfigurableApplicationContext running = context;
    if (running != null) {
      running.close();
    }
  }
}
