package dev.catnap.cost;

import dev.catnap.cost.pricing.Evidence;
import dev.catnap.cost.pricing.Interval;
import dev.catnap.cost.pricing.Level;
import dev.catnap.cost.pricing.Storage;
import dev.catnap.cost.pricing.Traffic;
import dev.catnap.events.RunState;
import java.time.Instant;

/** Intervals as a test wants them: an hour of a container with 1 core and 1 GiB set aside. */
public record Intervals(
    RunState state, Level reserved, Level awake, Evidence evidence, Long asleep, Storage storage) {
  public static final Instant NOON = Instant.parse("2026-01-15T12:00:00Z");
  public static final long GIB = 1L << 30;
  public static final long CORE = 1_000_000_000L;

  public static Intervals hour(RunState state) {
    return new Intervals(
        state, new Level(CORE, GIB), new Level(CORE / 4, GIB / 2), Evidence.MEASURED, null, null);
  }

  public Intervals using(double cores, double gib) {
    Level used = new Level((long) (cores * CORE), (long) (gib * GIB));
    return new Intervals(state, reserved, used, evidence, asleep, storage);
  }

  public Intervals reserving(double cores, double gib) {
    Level level = new Level((long) (cores * CORE), (long) (gib * GIB));
    return new Intervals(state, level, awake, evidence, asleep, storage);
  }

  public Intervals residentAsleep(double gib) {
    return new Intervals(state, reserved, awake, evidence, (long) (gib * GIB), storage);
  }

  public Intervals storing(double gib) {
    Storage measured = new Storage((long) (gib * GIB), Evidence.MEASURED);
    return new Intervals(state, reserved, awake, evidence, asleep, measured);
  }

  public Intervals storing(Storage held) {
    return new Intervals(state, reserved, awake, evidence, asleep, held);
  }

  public Intervals never_measured() {
    return new Intervals(state, reserved, Level.NOTHING, Evidence.NONE, asleep, storage);
  }

  /** An hour in which so much is moved. */
  public Interval moving(double inGib, double outGib) {
    Traffic traffic = new Traffic((long) (inGib * GIB), (long) (outGib * GIB));
    return new Interval(
        "web",
        "web-1",
        "host-a",
        state,
        NOON,
        NOON.plusSeconds(3600),
        reserved,
        awake,
        evidence,
        asleep,
        storage,
        traffic);
  }

  public Interval build() {
    return build(NOON, NOON.plusSeconds(3600));
  }

  public Interval build(Instant from, Instant to) {
    return new Interval(
        "web", "web-1", "host-a", state, from, to, reserved, awake, evidence, asleep, storage);
  }
}
