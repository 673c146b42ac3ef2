package dev.catnap.policy.idleness.kafka;

import static dev.catnap.policy.idleness.Fixtures.change;
import static dev.catnap.policy.idleness.Fixtures.defined;
import static dev.catnap.policy.idleness.Fixtures.heartbeat;
import static dev.catnap.policy.idleness.Fixtures.held;
import static dev.catnap.policy.idleness.Fixtures.open;
import static dev.catnap.policy.idleness.Fixtures.policy;
import static dev.catnap.policy.idleness.Fixtures.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.Command;
import dev.catnap.events.Hold;
import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PolicyTopologyTest {
  private final TopologyFixture policy = new TopologyFixture();

  @AfterEach
  void close() {
    policy.close();
  }

  private void running(String service) {
    policy.publish(Topics.SERVICES, defined(service));
    goes(service, RunState.RUNNING);
  }

  private void goes(String service, RunState to) {
    policy.publish(Topics.STATE_CHANGES, change(service, to, policy.now()));
  }

  private void used(String service) {
    policy.publish(Topics.ACTIVITY, request(service, policy.now()));
  }

  @Test
  void idleService_sleepsOnceItsTimeIsOver() {
    running("api");
    policy.passes(Duration.ofSeconds(30));
    used("api");
    policy.passes(Duration.ofMillis(59_750));
    assertThat(policy.commanded()).isEmpty();
    policy.passes(Duration.ofMillis(250));
    assertThat(policy.commands())
        .singleElement()
        .satisfies(command -> {
          assertThat(command.rule()).isEqualTo("idle_timeout");
          assertThat(command.reason()).isEqualTo(Reason.IDLE);
        });
  }

  @Test
  void demand_wakesAtOnceAndOnce() {
    running("api");
    goes("api", RunState.SLEEPING);
    policy.passes(Duration.ofSeconds(1));
    policy.publish(Topics.ACTIVITY, request("api", policy.now(), "req-1"));
    Command wake = policy.commands().getFirst();
    assertThat(wake.reason()).isEqualTo(Reason.ACTIVITY);
    assertThat(wake.rule()).isEqualTo("demand");
    assertThat(wake.causedBy()).isEqualTo("req-1");
    assertThat(wake.requestedAt()).isEqualTo(policy.now());
    for (int i = 0; i < 500; i++) {
      used("api");
    }
    assertThat(policy.commanded()).isEmpty();
  }

  @Test
  void wakeWithoutAnswer_isCommandedAgainAfterAPause() {
    running("api");
    goes("api", RunState.STOPPED);
    policy.passes(Duration.ofSeconds(1));
    used("api");
    assertThat(policy.commanded()).hasSize(1);
    policy.passes(Duration.ofMillis(4_750));
    assertThat(policy.commanded()).isEmpty();
    policy.passes(Duration.ofMillis(250));
    assertThat(policy.commanded()).containsExactly("WAKE api demand");
    policy.passes(Duration.ofSeconds(600));
    assertThat(policy.commanded()).hasSize(3);
    used("api");
    assertThat(policy.commanded()).containsExactly("WAKE api demand");
  }

  @Test
  void oldNews_wakesNobody() {
    running("api");
    policy.passes(Duration.ofSeconds(100));
    policy.commands();
    goes("api", RunState.SLEEPING);
    Instant asleep = policy.now();
    policy.passes(Duration.ofSeconds(5));
    policy.publish(Topics.ACTIVITY, request("api", asleep.minusMillis(2_001)));
    assertThat(policy.commanded()).isEmpty();
    policy.publish(Topics.ACTIVITY, request("api", asleep.minusMillis(2_000)));
    assertThat(policy.commanded()).containsExactly("WAKE api demand");
  }

  @Test
  void useThatIsHeardOfBeforeTheSleepItFollows_wakes() {
    running("api");
    policy.passes(Duration.ofSeconds(10));
    Instant fell = policy.now().minusMillis(10);
    used("api");
    assertThat(policy.commanded()).isEmpty();
    policy.publish(Topics.STATE_CHANGES, change("api", RunState.FALLING_ASLEEP, fell));
    assertThat(policy.commanded()).containsExactly("WAKE api demand");
  }

  @Test
  void demandWhileASleepIsOnItsWay_takesItBack() {
    running("api");
    policy.passes(Duration.ofSeconds(60));
    assertThat(policy.commanded()).containsExactly("SLEEP api idle_timeout");
    used("api");
    assertThat(policy.commanded()).containsExactly("WAKE api demand");
    goes("api", RunState.FALLING_ASLEEP);
    goes("api", RunState.SLEEPING);
    policy.passes(Duration.ofMillis(500));
    used("api");
    assertThat(policy.commanded()).containsExactly("WAKE api demand");
  }

  @Test
  void heartbeat_keepsAwakeButDoesNotWake() {
    running("api");
    policy.passes(Duration.ofSeconds(50));
    policy.publish(Topics.ACTIVITY, heartbeat("api", policy.now()));
    policy.passes(Duration.ofSeconds(50));
    assertThat(policy.commanded()).isEmpty();
    goes("api", RunState.SLEEPING);
    policy.publish(Topics.ACTIVITY, heartbeat("api", policy.now()));
    assertThat(policy.commanded()).isEmpty();
  }

  @Test
  void openRequests_keepAwakeUntilTheyEnd() {
    running("api");
    policy.publish(Topics.ACTIVITY, open("api", policy.now(), "gate", 1));
    policy.passes(Duration.ofSeconds(600));
    assertThat(policy.commanded()).isEmpty();
    policy.publish(Topics.ACTIVITY, open("api", policy.now(), "gate", 0));
    policy.passes(Duration.ofSeconds(59));
    assertThat(policy.commanded()).isEmpty();
    policy.passes(Duration.ofSeconds(2));
    assertThat(policy.commanded()).containsExactly("SLEEP api idle_timeout");
  }

  @Test
  void repeatedId_countsOnce() {
    running("api");
    policy.publish(Topics.ACTIVITY, request("api", policy.now(), "a"));
    policy.publish(Topics.ACTIVITY, request("api", policy.now(), "a"));
    assertThat(policy.live.get("api").uses().perMinute(policy.now())).isEqualTo(1);
  }

  @Test
  void repeatedIdWithANewerTime_wakesWhatFellAsleepMeanwhile_andCountsOnce() {
    running("api");
    Instant asked = policy.now();
    policy.publish(Topics.ACTIVITY, request("api", asked, "a"));
    policy.passes(Duration.ofSeconds(5));
    goes("api", RunState.SLEEPING);
    policy.publish(Topics.ACTIVITY, request("api", asked, "a"));
    assertThat(policy.commanded()).as("old news").isEmpty();
    policy.publish(Topics.ACTIVITY, request("api", policy.now(), "a"));
    assertThat(policy.commanded()).containsExactly("WAKE api demand");
    assertThat(policy.live.get("api").uses().perMinute(policy.now())).isEqualTo(1);
  }

  @Test
  void sleeper_isStoppedAfterItsTime() {
    policy.publish(Topics.SERVICES, defined("api", policy(Duration.ofHours(1))));
    goes("api", RunState.SLEEPING);
    policy.passes(Duration.ofMinutes(60).minusMillis(250));
    assertThat(policy.commanded()).isEmpty();
    policy.passes(Duration.ofMillis(250));
    assertThat(policy.commanded()).containsExactly("STOP api stop_after");
  }

  @Test
  void window_wakesAtItsBeginButNotBeforeTheLeastTimeAsleep() {
    policy.publish(Topics.SERVICES, defined("api", policy(null, "Wed 12:01-13:00")));
    goes("api", RunState.SLEEPING);
    policy.passes(Duration.ofMillis(59_750));
    assertThat(policy.commanded()).isEmpty();
    policy.passes(Duration.ofMillis(250));
    assertThat(policy.commanded()).containsExactly("WAKE api schedule");
  }

  @Test
  void holds_wakeAndSleep() {
    running("api");
    Instant until = policy.now().plusSeconds(3600);
    policy.publish(Topics.SERVICES, defined("api").withHold(held(Hold.Mode.ASLEEP, until)));
    assertThat(policy.commanded()).containsExactly("SLEEP api held");
    goes("api", RunState.SLEEPING);
    policy.publish(Topics.SERVICES, defined("api").withHold(held(Hold.Mode.AWAKE, until)));
    assertThat(policy.commanded()).containsExactly("WAKE api held");
  }

  @Test
  void dependencies_areWokenFirst() {
    policy.publish(Topics.SERVICES, defined("web", "api"));
    policy.publish(Topics.SERVICES, defined("api", "db"));
    policy.publish(Topics.SERVICES, defined("db", "web"));
    goes("db", RunState.SLEEPING);
    goes("api", RunState.SLEEPING);
    goes("web", RunState.SLEEPING);
    policy.passes(Duration.ofSeconds(1));
    used("web");
    assertThat(policy.commanded())
        .containsExactly("WAKE db depends_on", "WAKE api depends_on", "WAKE web demand");
  }

  @Test
  void dependents_keepAwakeWhatTheyNeed() {
    policy.publish(Topics.SERVICES, defined("web", "db"));
    running("db");
    goes("web", RunState.RUNNING);
    policy.passes(Duration.ofSeconds(50));
    used("web");
    policy.passes(Duration.ofSeconds(50));
    assertThat(policy.commanded()).isEmpty();
    policy.passes(Duration.ofSeconds(11));
    assertThat(policy.commanded()).containsExactly("SLEEP web idle_timeout");
    goes("web", RunState.SLEEPING);
    policy.passes(Duration.ofSeconds(2));
    assertThat(policy.commanded()).containsExactly("SLEEP db idle_timeout");
  }

  @Test
  void containerWhoseEndWasReadBeforeItsChanges_isForgottenByTheFleetAsWell() {
    goes("api", RunState.STOPPED);
    assertThat(policy.fleet.isKnown("api")).isTrue();
    policy.passes(Duration.ofSeconds(1));
    policy.publishRaw(Topics.STATES, "api/api", null);
    assertThat(policy.fleet.isKnown("api")).isFalse();
  }

  @Test
  void containerThatIsGone_speaksForItsServiceNoMore() {
    running("api");
    policy.publish(
        Topics.STATE_CHANGES,
        change("api", "second", RunState.RUNNING, RunState.STOPPED, policy.now(), Reason.EXTERNAL));
    assertThat(state("api")).isEqualTo(RunState.STOPPED);
    policy.passes(Duration.ofSeconds(1));
    policy.publishRaw(Topics.STATES, "api/second", null);
    assertThat(state("api")).isEqualTo(RunState.RUNNING);
    policy.publishRaw(Topics.STATES, "rubbish", null);
    assertThat(policy.commanded()).isEmpty();
  }

  @Test
  void changeThatEndsTheHistoryOfAContainer_isItsEnd() {
    running("api");
    policy.publish(
        Topics.STATE_CHANGES,
        change("api", "second", RunState.RUNNING, RunState.STOPPED, policy.now(), Reason.EXTERNAL));
    assertThat(state("api")).isEqualTo(RunState.STOPPED);
    policy.passes(Duration.ofSeconds(1));
    policy.publish(
        Topics.STATE_CHANGES,
        change("api", "second", RunState.STOPPED, RunState.STOPPED, policy.now(), Reason.EXTERNAL)
            .asGone());
    assertThat(state("api")).isEqualTo(RunState.RUNNING);
    assertThat(policy.fleet.isKnown("api")).isTrue();
  }

  private RunState state(String service) {
    return policy.live.get(service).facts().state().runState();
  }

  @Test
  void stranger_isNotCommanded() {
    used("nobody");
    assertThat(policy.commanded()).isEmpty();
    assertThat(policy.meters.counter("catnap.policy.strangers").count()).isEqualTo(1);
  }

  @Test
  void recordsWithoutKey_reachTheirService() {
    running("api");
    goes("api", RunState.SLEEPING);
    policy.passes(Duration.ofSeconds(1));
    policy.publishRaw(Topics.ACTIVITY, null, "{\"service\":\"api\"}");
    assertThat(policy.commanded()).containsExactly("WAKE api demand");
    goes("api", RunState.RUNNING);
    goes("api", RunState.SLEEPING);
    policy.passes(Duration.ofSeconds(3));
    policy.publishRaw(Topics.ACTIVITY, "other", "{\"service\":\"api\"}");
    assertThat(policy.commanded()).containsExactly("WAKE api demand");
  }

  @Test
  void headersOfOurOwnSetByOthers_areTakenForNothing() {
    running("api");
    goes("api", RunState.SLEEPING);
    policy.passes(Duration.ofSeconds(3));
    Headers headers = new RecordHeaders();
    headers.add("catnap-origin-topic", null).add("catnap-container", null);
    byte[] use = "{\"service\":\"api\"}".getBytes(StandardCharsets.UTF_8);
    policy.publishRaw(Topics.ACTIVITY, "api", use, headers);
    assertThat(policy.commanded()).containsExactly("WAKE api demand");
    policy.publishRaw(Topics.ACTIVITY, null, use, headers);
    policy.publishRaw(Topics.STATES, "api/second", null, headers);
    assertThat(policy.records("catnap.activity.dlt")).isEmpty();
    headers.remove("catnap-origin-topic");
    headers.add("catnap-origin-topic", "catnap.services".getBytes(StandardCharsets.UTF_8));
    policy.publishRaw(Topics.ACTIVITY, "api", "{rubbish".getBytes(StandardCharsets.UTF_8), headers);
    assertThat(policy.records("catnap.activity.dlt")).hasSize(1);
  }

  @Test
  void unreadable_goesToTheDeadLettersWithItsReason() {
    policy.publishRaw(Topics.ACTIVITY, "api", "{rubbish");
    policy.publishRaw(Topics.SERVICES, "api", "[1]");
    policy.publishRaw(Topics.STATE_CHANGES, "api", "{rubbish");
    assertThat(policy.records("catnap.activity.dlt"))
        .singleElement()
        .satisfies(letter -> {
          assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo("{rubbish");
          assertThat(letter.key()).isEqualTo("api");
          assertThat(
                  new String(
                      letter.headers().lastHeader("catnap-dlt-reason").value(),
                      StandardCharsets.UTF_8))
              .isNotEmpty();
        });
    assertThat(policy.records("catnap.services.dlt")).hasSize(1);
    running("api");
    goes("api", RunState.SLEEPING);
    policy.passes(Duration.ofSeconds(1));
    used("api");
    assertThat(policy.commanded()).containsExactly("WAKE api demand");
  }
}
