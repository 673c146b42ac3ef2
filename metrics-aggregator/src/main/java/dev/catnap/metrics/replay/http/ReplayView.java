package dev.catnap.metrics.replay.http;

import dev.catnap.metrics.replay.Replay;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A replay as it is told.
 *
 * @param recordsPerSecond since it runs this time; absent while it does not run
 * @param secondsLeft at that rate
 * @param counts rows by table, before and after; at the end
 */
public record ReplayView(
    String id,
    String kind,
    @Nullable Instant from,
    @Nullable Instant to,
    @Nullable String service,
    String state,
    Instant askedAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    long recordsRead,
    long recordsTotal,
    @Nullable Long recordsPerSecond,
    @Nullable Long secondsLeft,
    @Nullable Map<String, Replay.Counts> counts,
    @Nullable String failure) {
  static ReplayView of(Replay replay, Instant now) {
    Instant until = replay.endedAt() == null ? now : replay.endedAt();
    Double rate = replay.progress().rate(until);
    Duration left = replay.state() == Replay.State.RUNNING ? replay.progress().left(now) : null;
    return new ReplayView(
        replay.id().toString(),
        name(replay.kind()),
        replay.from(),
        replay.to(),
        replay.service(),
        name(replay.state()),
        replay.askedAt(),
        replay.startedAt(),
        replay.endedAt(),
        replay.progress().read(),
        replay.progress().total(),
        rate == null ? null : Long.valueOf(Math.round(rate)),
        left == null ? null : Long.valueOf(left.toSeconds()),
        replay.counts(),
        replay.failure());
  }

  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
