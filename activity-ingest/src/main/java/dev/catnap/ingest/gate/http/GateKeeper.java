package dev.catnap.ingest.gate.http;

import dev.catnap.events.Activity;
import dev.catnap.ingest.gate.Caller;
import dev.catnap.ingest.gate.FirstAsked;
import dev.catnap.ingest.gate.Gate;
import dev.catnap.ingest.gate.HostTable;
import dev.catnap.ingest.gate.Kinds;
import dev.catnap.ingest.gate.KnownServices;
import dev.catnap.ingest.gate.LogState;
import dev.catnap.ingest.gate.Refusal;
import dev.catnap.ingest.gate.RequestTally;
import dev.catnap.ingest.gate.Situation;
import dev.catnap.ingest.gate.Verdict;
import dev.catnap.ingest.gate.Waiter;
import dev.catnap.ingest.gate.WaitingRoom;
import dev.catnap.ingest.gate.WakeTimes;
import dev.catnap.ingest.gate.Waking;
import dev.catnap.ingest.gate.tracing.HoldTrace;
import dev.catnap.ingest.gate.tracing.HoldTraces;
import dev.catnap.kit.tracing.TraceHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Carries out what the {@link Gate} decides: counts, lets wait, and answers in the end. */
public final class GateKeeper {
  /** Takes what is to be told at once; never blocks. */
  public interface Reporter {
    void passed(Activity report);

    /**
     * @param trace of the request that is held; null: not traced
     */
    void held(Activity report, @Nullable TraceHeaders trace);
  }

  /**
   * What to do, and who follows the request meanwhile.
   *
   * @param trace only of who is held, when traces are on
   */
  record Reception(Verdict verdict, @Nullable HoldTrace trace) {}

  private final Gate gate;
  private final KnownServices known;
  private final HostTable hosts;
  private final LogState log;
  private final RequestTally tally;
  private final WaitingRoom room;
  private final WakeTimes wakes;
  private final FirstAsked firstAsked = new FirstAsked();
  private final Reporter reporter;
  private final HoldTraces traces;
  private final Clock clock;

  public GateKeeper(
      Gate gate,
      KnownServices known,
      HostTable hosts,
      LogState log,
      RequestTally tally,
      WaitingRoom room,
      WakeTimes wakes,
      Reporter reporter,
      HoldTraces traces,
      Clock clock) {
    this.gate = gate;
    this.known = known;
    this.hosts = hosts;
    this.log = log;
    this.tally = tally;
    this.room = room;
    this.wakes = wakes;
    this.reporter = reporter;
    this.traces = traces;
    this.clock = clock;
  }

  /** The service that has that host, in lower case; null: nobody has. */
  @Nullable String serviceOf(String host) {
    return hosts.serviceOf(host);
  }

  Verdict.Refuse noSuchHost(String host) {
    return Gate.noSuchHost(host, log);
  }

  /**
   * Never blocks. Counts the request, unless it is marked as not waking or there is no such
   * service.
   *
   * @return what to do; who is told to hold goes on with {@link #hold}
   */
  Reception arrive(String service, Caller caller, Instant at) {
    Situation situation = known.of(service);
    Verdict verdict = gate.decide(situation, service, log);
    if (situation != null && situation.marks().cover(caller)) {
      return new Reception(Gate.marked(verdict, service), null);
    }
    HoldTrace trace = verdict instanceof Verdict.Hold ? traces.begin(service, caller, at) : null;
    count(verdict, service, caller, at, trace == null ? null : trace.headers());
    return new Reception(verdict, trace);
  }

  private void count(
      Verdict verdict, String service, Caller caller, Instant at, @Nullable TraceHeaders trace) {
    if (verdict instanceof Verdict.Pass) {
      Activity report = tally.passed(service, Kinds.of(caller), at);
      if (report != null) {
        reporter.passed(report);
      }
    } else if (waits(verdict)) {
      Activity report = tally.held(service, Kinds.of(caller), at);
      if (report != null) {
        reporter.held(report, trace);
      }
    }
  }

  /** Who is refused because the broker is away wants the service awake as well. */
  private static boolean waits(Verdict verdict) {
    return verdict instanceof Verdict.Hold
        || (verdict instanceof Verdict.Refuse refuse && refuse.reason() == Refusal.BROKER_AWAY);
  }

  /** The answer to one who was held is about to go out. */
  void answered(String service, Instant arrivedAt, Verdict verdict, @Nullable HoldTrace trace) {
    traces.answered(service, arrivedAt, verdict, trace);
  }

  /** Never blocks and counts nothing: why a request was refused that came before. */
  Verdict.Refuse explain(String service, Caller caller) {
    Situation situation = known.of(service);
    Verdict verdict = gate.decide(situation, service, log);
    if (situation != null && situation.marks().cover(caller)) {
      verdict = Gate.marked(verdict, service);
    }
    return Gate.explain(verdict, situation, service);
  }

  /** Blocks until the service is awake, has failed, or the time is up. */
  Verdict hold(String service, Instant arrivedAt, Duration atMost) {
    Waiter waiter = room.enter(service, arrivedAt);
    if (waiter == null) {
      return Gate.full(service);
    }
    try {
      // A change between the first look and the entering has told nobody: look again.
      Verdict already = gate.settle(known.of(service), service, arrivedAt);
      return already != null ? already : await(waiter, atMost);
    } finally {
      room.leave(waiter);
    }
  }

  private Verdict await(Waiter waiter, Duration atMost) {
    try {
      return waiter.verdict().get(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      Duration waited = Duration.between(waiter.arrivedAt(), clock.instant());
      return gate.expire(known.of(waiter.service()), waiter.service(), waited);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Gate.shuttingDown(waiter.service());
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /**
   * What to tell a visitor instead of the refusal.
   *
   * @param at when the request came
   */
  Waking waking(String service, Verdict.Refuse refusal, Instant at) {
    Instant since = firstAsked.since(service, at);
    return Waking.of(known.of(service), service, refusal, wakes, since, clock.instant());
  }

  /** Lets go whom the newest change of a service settles. */
  public void changed(String service) {
    @Nullable Situation situation = known.of(service);
    if (situation == null || situation.state().isAwake()) {
      firstAsked.forget(service);
    }
    room.tell(service, waiter -> gate.settle(situation, service, waiter.arrivedAt()));
  }

  Instant now() {
    return clock.instant();
  }
}
