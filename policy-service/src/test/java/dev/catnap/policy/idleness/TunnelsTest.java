package dev.catnap.policy.idleness;

import static dev.catnap.policy.idleness.Fixtures.at;
import static dev.catnap.policy.idleness.Fixtures.change;
import static dev.catnap.policy.idleness.Fixtures.connected;
import static dev.catnap.policy.idleness.Fixtures.defined;
import static dev.catnap.policy.idleness.Fixtures.request;
import static dev.catnap.policy.idleness.Fixtures.tunnel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.policy.catalog.Fleet;
import dev.catnap.policy.rules.Limits;
import dev.catnap.policy.rules.SleepRules;
import dev.catnap.policy.rules.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Idle timeout 60 s, a sample every 5 s; running since 0 s. */
class TunnelsTest {
  private static final Surroundings ALONE =
      new Surroundings(at(-10_000), Fleet.NONE, Limits.DEFAULT);

  private ServiceFacts facts = ServiceFacts.unheard("api");

  @BeforeEach
  void runs() {
    happens(new PolicyEvent.Defined(defined("api"), at(-100)));
    goes(RunState.RUNNING, 0, Reason.ACTIVITY);
  }

  private void happens(PolicyEvent event) {
    facts = Evolution.evolve(facts, event);
  }

  private void goes(RunState to, double seconds, Reason reason) {
    happens(
        new PolicyEvent.Changed(
            change("api", "api", RunState.RUNNING, to, at(seconds), reason), at(seconds)));
  }

  private void opens(double seconds) {
    happens(new PolicyEvent.Used(tunnel("api", at(seconds)), at(seconds)));
  }

  private void requested(double seconds) {
    happens(new PolicyEvent.Used(request("api", at(seconds)), at(seconds)));
  }

  private void measured(double seconds, Integer connections) {
    happens(new PolicyEvent.Measured(connected("api", at(seconds), connections), at(seconds)));
  }

  private Verdict judgedAt(double seconds) {
    return SleepRules.judge(Situations.at(at(seconds), facts, ALONE));
  }

  private void assertAwakeAt(double seconds) {
    assertThat(judgedAt(seconds).rule()).isEqualTo("in_flight");
    assertThat(judgedAt(seconds).sleep()).isFalse();
  }

  private void assertSleepsAt(double seconds) {
    assertThat(judgedAt(seconds).sleep()).isTrue();
  }

  @Test
  void idleConnectionsOfAGateway_keepNothingAwake() {
    requested(1);
    measured(60, 4);
    assertSleepsAt(61);
  }

  @Test
  void aTunnel_keepsItAwake_farBeyondItsIdleTimeout() {
    opens(1);
    measured(7, 1);
    measured(3600, 1);
    assertAwakeAt(3601);
  }

  @Test
  void aSampleBeforeTheTunnelCameThrough_isNotTakenForItsEnd() {
    opens(1);
    measured(3, 0);
    assertAwakeAt(20);
    measured(8, 1);
    assertAwakeAt(67);
  }

  @Test
  void afterTheLastTunnelClosed_theIdleWindowBegins() {
    opens(1);
    measured(100, 1);
    measured(105, 0);
    assertThat(judgedAt(106).rule()).isEqualTo("idle_timeout");
    assertThat(judgedAt(164.999).sleep()).isFalse();
    assertSleepsAt(165);
  }

  @Test
  void samplesInAnyOrder_endAlike() {
    opens(1);
    measured(105, 0);
    measured(100, 1);
    assertThat(judgedAt(164.999).sleep()).isFalse();
    assertSleepsAt(165);
  }

  @Test
  void whereConnectionsAreNotSeen_aTunnelIsBelievedAsLongAsASampleCounts() {
    opens(10);
    measured(40, null);
    assertThat(judgedAt(69.999).rule()).isEqualTo("in_flight");
    assertThat(judgedAt(69.999).until()).isEqualTo(at(70));
    assertSleepsAt(70);
  }

  @Test
  void aTunnelWhoseEndASampleMayShow_isLookedAtAgainSoon() {
    opens(70);
    Decision early = IdlePolicy.decide(facts, new PolicyEvent.Ticked(at(81)), ALONE);
    assertThat(early.reviewAt()).isEqualTo(at(81).plus(Limits.DEFAULT.recheck()));
  }

  @Test
  void aTunnelThatWokeIt_countsFromTheWakeOn() {
    goes(RunState.SLEEPING, 100, Reason.IDLE);
    opens(110);
    goes(RunState.RUNNING, 115, Reason.ACTIVITY);
    measured(116, 0);
    measured(121, 1);
    measured(176, 1);
    assertAwakeAt(180);
  }

  @Test
  void whatSleptOrStopped_hasNoTunnelsAnyMore() {
    opens(1);
    goes(RunState.SLEEPING, 100, Reason.IDLE);
    goes(RunState.RUNNING, 200, Reason.ACTIVITY);
    measured(250, 3);
    assertSleepsAt(260);
    opens(300);
    goes(RunState.STOPPED, 310, Reason.MANUAL);
    goes(RunState.RUNNING, 320, Reason.MANUAL);
    measured(375, 3);
    assertSleepsAt(380);
  }

  @Test
  void aPauseByHand_leavesItsTunnelsOpen() {
    opens(1);
    goes(RunState.SLEEPING, 100, Reason.MANUAL);
    goes(RunState.RUNNING, 200, Reason.ACTIVITY);
    measured(255, 1);
    assertAwakeAt(260);
  }
}
