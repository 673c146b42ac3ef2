package dev.catnap.ingest.gate;

import dev.catnap.events.Activity;
import dev.catnap.events.ActivityKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests and says when to report them.
 *
 * <p>The first request after a quiet moment is reported at once, so that nobody waits for a timer;
 * those that follow are summed and reported together (after Knative's concurrency reporter, which
 * reports the first at once and then leaves it out of the sum). What could not be delivered is
 * offered again under the same id, so that it counts once even when it had arrived.
 *
 * <p>Requests seen = requests in delivered reports + requests in this tally. One entry a service.
 */
public final class RequestTally {
  /** Who says so, in {@link Activity#source}. */
  public static final String SOURCE = "gate";

  private final Duration every;
  private final Duration urgentAfter;
  private final Supplier<String> ids;
  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();

  /**
   * @param every how long after a report the requests that follow are summed
   * @param urgentAfter how soon after a report a request that is held may cause another one
   * @param ids makes ids that nobody else makes
   */
  public RequestTally(Duration every, Duration urgentAfter, Supplier<String> ids) {
    this.every = every;
    this.urgentAfter = urgentAfter;
    this.ids = ids;
  }

  /**
   * Counts a request that passes.
   *
   * @return what to report now; null: later
   */
  public @Nullable Activity passed(String service, Instant at) {
    return count(service, at, every);
  }

  /** Counts a request that is held: what it waits for is not to wait for a timer. */
  public @Nullable Activity held(String service, Instant at) {
    return count(service, at, urgentAfter);
  }

  private @Nullable Activity count(String service, Instant at, Duration quiet) {
    Entry entry = entries.get(service);
    if (entry == null) {
      entry = entries.computeIfAbsent(service, Entry::new);
    }
    return entry.count(at, quiet);
  }

  /** What to report now of all that was summed and of what could not be delivered. */
  public List<Activity> due(Instant now) {
    List<Activity> due = new ArrayList<>();
    for (Entry entry : entries.values()) {
      Activity report = entry.due(now);
      if (report != null) {
        due.add(report);
      }
    }
    return due;
  }

  /** The log has it. */
  public void delivered(Activity report) {
    entryOf(report).delivered();
  }

  /** It may or may not have arrived; {@link #due} offers it again. */
  public void undelivered(Activity report) {
    entryOf(report).undelivered();
  }

  /** Requests seen of which the log has not said that it has them. */
  public long unreported() {
    return entries.values().stream().mapToLong(Entry::unreported).sum();
  }

  private Entry entryOf(Activity report) {
    return entries.computeIfAbsent(report.service(), Entry::new);
  }

  /** At most one report of a service is on its way at a time. */
  private final class Entry {
    private final String service;
    private long pending;
    private Instant lastSeen = Instant.EPOCH;
    private Instant lastReport = Instant.EPOCH;
    private @Nullable Activity report;
    private boolean onItsWay;

    Entry(String service) {
      this.service = service;
    }

    synchronized @Nullable Activity count(Instant at, Duration quiet) {
      pending++;
      if (at.isAfter(lastSeen)) {
        lastSeen = at;
      }
      boolean isQuiet = Duration.between(lastReport, at).abs().compareTo(quiet) >= 0;
      return report == null && isQuiet ? next(at) : null;
    }

    synchronized @Nullable Activity due(Instant now) {
      if (onItsWay) {
        return null;
      }
      if (report != null) {
        onItsWay = true;
        return report;
      }
      return pending == 0 ? null : next(now);
    }

    private Activity next(Instant now) {
      int count = (int) Math.min(pending, Integer.MAX_VALUE);
      pending -= count;
      lastReport = now;
      onItsWay = true;
      report =
          new Activity(service, lastSeen, ActivityKind.REQUEST, count, null, SOURCE, ids.get());
      return report;
    }

    synchronized void delivered() {
      report = null;
      onItsWay = false;
    }

    synchronized void undelivered() {
      onItsWay = false;
    }

    synchronized long unreported() {
      return pending + (report == null ? 0 : report.count());
    }
  }
}
