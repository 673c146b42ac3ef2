package dev.catnap.ingest.gate;

import dev.catnap.events.Activity;
import dev.catnap.events.ActivityKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests and says when to report them.
 *
 * <p>The first request after a quiet moment is reported at once, so that nobody waits for a timer;
 * those that follow are summed and reported together (after Knative's concurrency reporter, which
 * reports the first at once and then leaves it out of the sum). What could not be delivered is
 * offered again under the same id, so that it counts once even when it had arrived.
 *
 * <p>Connections (see {@link Kinds}) are counted in the same way, but never in one sum with
 * requests.
 *
 * <p>Requests seen = requests in delivered reports + requests in this tally. At most two entries a
 * service.
 */
public final class RequestTally {
  /** Who says so, in {@link Activity#source}. */
  public static final String SOURCE = "gate";

  private final Duration every;
  private final Duration urgentAfter;
  private final Supplier<String> ids;
  private final ConcurrentHashMap<String, Entry> requests = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Entry> connections = new ConcurrentHashMap<>();

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
  public @Nullable Activity passed(String service, ActivityKind kind, Instant at) {
    return count(service, kind, at, every);
  }

  /** Counts a request that is held: what it waits for is not to wait for a timer. */
  public @Nullable Activity held(String service, ActivityKind kind, Instant at) {
    return count(service, kind, at, urgentAfter);
  }

  private @Nullable Activity count(String service, ActivityKind kind, Instant at, Duration quiet) {
    return entryOf(service, kind).count(at, quiet);
  }

  private Entry entryOf(String service, ActivityKind kind) {
    ConcurrentHashMap<String, Entry> entries =
        kind == ActivityKind.CONNECTION ? connections : requests;
    Entry entry = entries.get(service);
    return entry != null ? entry : entries.computeIfAbsent(service, name -> new Entry(name, kind));
  }

  /** What to report now of all that was summed and of what could not be delivered. */
  public List<Activity> due(Instant now) {
    List<Activity> due = new ArrayList<>();
    entries()
        .forEach(entry -> {
          Activity report = entry.due(now);
          if (report != null) {
            due.add(report);
          }
        });
    return due;
  }

  /**
   * What to say once more because somebody still waits for that service: its last report, under the
   * same id, so that it counts once, but with the present time, so that it is not old news.
   *
   * @return null: its last report is on its way still, or there was none
   */
  public @Nullable Activity again(String service, Instant now) {
    return Stream.of(requests, connections)
        .map(entries -> entries.get(service))
        .filter(Objects::nonNull)
        .max(Comparator.comparing(Entry::lastReport))
        .map(entry -> entry.again(now))
        .orElse(null);
  }

  private Stream<Entry> entries() {
    return Stream.concat(requests.values().stream(), connections.values().stream());
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
    return entries().mapToLong(Entry::unreported).sum();
  }

  private Entry entryOf(Activity report) {
    return entryOf(report.service(), report.kind());
  }

  /** At most one report of a service is on its way at a time. */
  private final class Entry {
    private final String service;
    private final ActivityKind kind;
    private long pending;
    private Instant lastSeen = Instant.EPOCH;
    private Instant lastReport = Instant.EPOCH;
    private @Nullable Activity report;
    private @Nullable Activity delivered;
    private boolean onItsWay;

    Entry(String service, ActivityKind kind) {
      this.service = service;
      this.kind = kind;
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
      report = new Activity(service, lastSeen, kind, count, null, SOURCE, ids.get());
      return report;
    }

    synchronized Instant lastReport() {
      return lastReport;
    }

    synchronized @Nullable Activity again(Instant now) {
      return report != null || delivered == null
          ? null
          : new Activity(
              service, now, kind, delivered.count(), null, delivered.source(), delivered.id());
    }

    synchronized void delivered() {
      delivered = report == null ? delivered : report;
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
