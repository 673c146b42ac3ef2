package dev.catnap.actuator.engine;

import dev.catnap.events.ServiceDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What runs containers. Containers are addressed by name.
 *
 * <p>Each call is bounded in time and ensures a condition rather than performs a step: asking for
 * what is so already is no failure. Every failure is an {@link EngineException}.
 */
public interface ContainerEngine extends AutoCloseable {
  /** Asks the engine, so it also tells whether the engine answers. */
  EngineInfo info();

  /** Every container, ours or not; what only an inspection tells may be missing. */
  List<ContainerSnapshot> list();

  /**
   * @return a snapshot of status {@code ABSENT} where there is none
   */
  ContainerSnapshot inspect(String name);

  /** Whether this definition holds what this engine needs to create a container. */
  boolean canCreate(ServiceDefinition definition);

  /** Creates the container of a definition and does not start it; fetches its image if needed. */
  void create(ServiceDefinition definition);

  /** Ensures that a container that is down runs; one that is paused is a conflict. */
  void start(String name);

  void pause(String name);

  void unpause(String name);

  /**
   * As {@link #unpause(String)}, and tells when the container runs, which may be before the engine
   * has finished its own books.
   *
   * @param running told once, at the latest before this returns; never when this fails before
   */
  default void unpause(String name, Runnable running) {
    unpause(name);
    running.run();
  }

  /**
   * Ensures that a container has these limits, at once, whether it runs, is paused or down. An
   * engine that knows no limits does nothing.
   */
  void limit(String name, Limits limits);

  /**
   * Ensures that a container, running or paused, is down.
   *
   * @param grace how long it may take to end by itself; null: the container's own, else 10 s
   */
  void stop(String name, @Nullable Duration grace);

  /** Ensures that there is no such container; one that still runs is ended first. */
  void remove(String name);

  /**
   * Reports events from the moment this returns, until closed.
   *
   * @return closes the stream
   */
  Subscription watch(EngineListener listener);

  /**
   * @return null where nothing is to be read, such as for a container that is down
   */
  @Nullable UsageReading usage(ContainerSnapshot container);

  /**
   * Who is connected and what went over the network, in a millisecond or two.
   *
   * @return null where that is not to be seen, such as for a container that is down or an engine on
   *     another machine
   */
  @Nullable NetworkReading network(ContainerSnapshot container);

  /**
   * The disk that containers hold, running or not: what each writes by itself, and its even share
   * of the volumes it uses. The engine may walk the disk for it: seconds, on a large one minutes.
   *
   * @param within how long it may take
   * @return bytes by name; a container that is not in it is not measured
   */
  Map<String, Long> storage(Duration within);

  /**
   * Takes memory back from a container that is paused; takes as long as it takes, up to a second or
   * two.
   *
   * @param downTo bytes that it may keep, where the kernel lets that be told
   * @param abandoned asked now and then: true, and no more is taken
   * @return what was measured; null where it cannot be done
   */
  @Nullable Reclaim reclaim(ContainerSnapshot container, long downTo, BooleanSupplier abandoned);

  @Override
  void close();

  /** An open stream of events. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
