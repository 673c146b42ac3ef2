package dev.catnap.policy.idleness.http;

import dev.catnap.events.Action;
import dev.catnap.events.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a service is and what will happen to it. Reading it renews nothing.
 *
 * @param since when it came to its state
 * @param lastActivity newest use of any kind
 * @param requestsPerMinute in the minute before now, as heard by this process
 * @param load share of its CPU limit, of the busiest container; absent without a fresh sample
 * @param networkBytesPerSecond received and sent; absent without a fresh sample
 * @param inFlight open requests, as far as they are reported
 * @param connections established from outside, idle ones of gateways too; absent where not seen
 * @param policy absent where it is not defined
 * @param next what happens if nobody uses it
 * @param lastDecision the newest command of the policy; manual ones are on the log only
 * @param source where its definition came from; absent where it is not defined
 * @param failure why it is FAILED
 */
public record ServiceStatus(
    String service,
    RunState state,
    @Nullable Instant since,
    List<ContainerStatus> containers,
    @Nullable Instant lastActivity,
    long requestsPerMinute,
    @Nullable Double load,
    @Nullable Double networkBytesPerSecond,
    int inFlight,
    @Nullable Integer connections,
    List<String> dependsOn,
    @Nullable PolicyStatus policy,
    @Nullable HoldStatus hold,
    Next next,
    @Nullable Decided lastDecision,
    @Nullable String source,
    @Nullable String failure) {

  /** One container of it. */
  public record ContainerStatus(
      String container, String host, RunState state, Instant since, @Nullable String failure) {}

  /** The policy in force. */
  public record PolicyStatus(
      boolean enabled,
      double idleTimeoutSeconds,
      double minSleepTimeSeconds,
      @Nullable Long memoryReservationBytes,
      String priority,
      double maxLoad,
      @Nullable Double stopAfterSeconds,
      List<String> schedule) {}

  /** A hold that stands. */
  public record HoldStatus(String state, Instant until) {}

  /**
   * What will happen if nobody uses it.
   *
   * @param action {@code NONE} where nothing happens by itself
   * @param at absent where the rule cannot say when
   */
  public record Next(
      String action,
      @Nullable Instant at,
      String rule,
      String reason,
      Map<String, Object> numbers) {}

  /** Why the newest command was given. */
  public record Decided(
      Action action, String rule, String reason, Map<String, Object> numbers, Instant at) {}
}
