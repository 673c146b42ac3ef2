package dev.catnap.policy.idleness;

import static dev.catnap.policy.idleness.Fixtures.at;
import static dev.catnap.policy.idleness.Fixtures.change;
import static dev.catnap.policy.idleness.Fixtures.creatable;
import static dev.catnap.policy.idleness.Fixtures.defined;
import static dev.catnap.policy.idleness.Fixtures.policy;
import static dev.catnap.policy.idleness.Fixtures.process;
import static dev.catnap.policy.idleness.Fixtures.request;
import static dev.catnap.policy.idleness.Fixtures.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.Action;
import dev.catnap.events.Command;
import dev.catnap.events.Reason;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.RunState;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.policy.catalog.Fleet;
import dev.catnap.policy.rules.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdlePolicyTest {
  private static final Surroundings ALONE =
      new Surroundings(at(-10_000), Fleet.NONE, Limits.DEFAULT);

  private ServiceFacts facts = ServiceFacts.unheard("api");

  private List<Command> happens(PolicyEvent event) {
    facts = Evolution.evolve(facts, event);
    Decision decision = IdlePolicy.decide(facts, event, ALONE);
    if (decision.commanded() != null) {
      facts = Evolution.evolve(facts, decision.commanded());
    }
    return decision.commands();
  }

  private List<Command> defines(ServiceDefinition definition) {
    return happens(new PolicyEvent.Defined(definition, at(0)));
  }

  private List<Command> goes(RunState to, Instant when) {
    return happens(new PolicyEvent.Changed(change("api", to, when), when));
  }

  private List<Command> ticks(Instant when) {
    return happens(new PolicyEvent.Ticked(when));
  }

  private List<Command> used(Instant when) {
    return happens(new PolicyEvent.Used(request("api", when), when));
  }

  private static Command only(List<Command> commands) {
    assertThat(commands).hasSize(1);
    return commands.getFirst();
  }

  @Test
  void createdService_isStartedOnceWhenToldSo() {
    defines(creatable("api"));
    Command start =
        only(
            happens(
                new PolicyEvent.Changed(
                    change(
                        "api", "api", RunState.UNKNOWN, RunState.STOPPED, at(1), Reason.EXTERNAL),
                    at(1))));
    assertThat(start.rule()).isEqualTo("auto_start");
    goes(RunState.RUNNING, at(2));
    assertThat(goes(RunState.STOPPED, at(3))).isEmpty();
  }

  @Test
  void demand_doesNotWaitForThePauseAfterACrash_andIsCommandedOnce() {
    defines(defined("api"));
    goes(RunState.RUNNING, at(1));
    assertThat(crashes(at(2))).isEmpty();
    Command wake = only(used(at(3)));
    assertThat(wake.action()).isEqualTo(Action.WAKE);
    assertThat(wake.rule()).isEqualTo("demand");
    assertThat(used(at(4))).isEmpty();
    goes(RunState.RUNNING, at(5));
    assertThat(used(at(6))).isEmpty();
  }

  /** The actuator tells of it, and that it will start it again. */
  private List<Command> crashes(Instant when) {
    return happens(new PolicyEvent.Changed(Fixtures.crashed("api", when), when));
  }

  @Test
  void localProcess_isStartedByItsCommand() {
    defines(process("api"));
    assertThat(
            only(happens(
                    new PolicyEvent.Changed(
                        change(
                            "api",
                            "api",
                            RunState.UNKNOWN,
                            RunState.STOPPED,
                            at(1),
                            Reason.EXTERNAL),
                        at(1))))
                .rule())
        .isEqualTo("auto_start");
  }

  @Test
  void adoptedContainerThatIsStopped_staysSo() {
    defines(defined("api"));
    assertThat(
            happens(
                new PolicyEvent.Changed(
                    change(
                        "api", "api", RunState.UNKNOWN, RunState.STOPPED, at(1), Reason.EXTERNAL),
                    at(1))))
        .isEmpty();
  }

  @Test
  void failedService_isWokenAgainButNotFasterThanOnceASecond() {
    defines(defined("api"));
    goes(RunState.SLEEPING, at(0));
    only(used(at(10)));
    goes(RunState.FAILED, at(10.1));
    assertThat(used(at(10.999))).isEmpty();
    assertThat(only(ticks(at(11))).rule()).isEqualTo("demand");
    goes(RunState.FAILED, at(11.1));
    assertThat(ticks(at(60))).isEmpty();
    only(used(at(60.001)));
  }

  @Test
  void sleepThatNothingFollows_isAskedForFiveTimesThenEveryTenMinutes_andSoonAgainAfterUse() {
    defines(defined("api"));
    goes(RunState.RUNNING, at(0));
    List<Integer> asked = new ArrayList<>();
    for (int second = 0; second < 2000; second++) {
      if (!ticks(at(second)).isEmpty()) {
        asked.add(second);
      }
    }
    assertThat(asked).containsExactly(60, 65, 75, 95, 135, 735, 1335, 1935);
    assertThat(used(at(2000))).isNotEmpty();
    assertThat(only(ticks(at(2061))).action()).isEqualTo(Action.SLEEP);
  }

  @Test
  void commandIds_areTheSameForTheSameDecisionAndDifferForEachTry() {
    defines(defined("api"));
    goes(RunState.RUNNING, at(0));
    ServiceFacts before = facts;
    String first = only(ticks(at(60))).id();
    facts = before;
    assertThat(only(ticks(at(61))).id()).isEqualTo(first);
    assertThat(only(ticks(at(66))).id()).isNotEqualTo(first);
  }

  @Test
  void freshSample_keepsAwakeAndAnOldOneSaysNothing() {
    defines(defined("api"));
    goes(RunState.RUNNING, at(0));
    happens(new PolicyEvent.Measured(sample("api", at(50), 0.5, 0), at(50)));
    assertThat(ticks(at(110))).isEmpty();
    assertThat(only(ticks(at(110.001))).rule()).isEqualTo("idle_timeout");
  }

  @Test
  void sampleOfStorageAlone_saysNothingOfUse() {
    defines(defined("api"));
    goes(RunState.RUNNING, at(0));
    happens(new PolicyEvent.Measured(sample("api", at(50), 0.5, 0), at(50)));
    ServiceFacts before = facts;
    happens(
        new PolicyEvent.Measured(
            ResourceSample.ofStorage("api", "api", "host-1", at(55), 42), at(55)));
    assertThat(facts).isEqualTo(before);
  }

  @Test
  void serviceWithTwoContainers_needsAWakeWhenOneOfThemRests() {
    defines(defined("api"));
    happens(changed("one", RunState.RUNNING, 0));
    happens(changed("two", RunState.SLEEPING, 1));
    assertThat(facts.state()).isInstanceOf(ServiceState.Sleeping.class);
    only(used(at(5)));
    happens(changed("two", RunState.RUNNING, 6));
    assertThat(facts.state()).isEqualTo(new ServiceState.Running(at(6), id("two", at(6))));
  }

  private static PolicyEvent changed(String container, RunState to, double second) {
    return new PolicyEvent.Changed(
        change("api", container, RunState.RUNNING, to, at(second), Reason.EXTERNAL), at(second));
  }

  private static String id(String container, Instant when) {
    return change("api", container, RunState.RUNNING, RunState.RUNNING, when, Reason.IDLE).id();
  }

  @Test
  void useFromTheFuture_countsAsNow() {
    defines(defined("api"));
    goes(RunState.RUNNING, at(0));
    happens(new PolicyEvent.Used(request("api", at(1_000_000)), at(10)));
    assertThat(ticks(at(69.999))).isEmpty();
    only(ticks(at(70)));
  }

  @Test
  void forecast_followsTheRulesThroughTime() {
    defines(defined("api", policy(Duration.ofHours(1))));
    goes(RunState.RUNNING, at(0));
    used(at(5));
    Forecast asleep = Forecast.of(facts, at(6), ALONE);
    assertThat(asleep.action()).isEqualTo(Action.SLEEP);
    assertThat(asleep.at()).isEqualTo(at(65));
    assertThat(asleep.rule()).isEqualTo("idle_timeout");
    goes(RunState.SLEEPING, at(66));
    Forecast stopped = Forecast.of(facts, at(67), ALONE);
    assertThat(stopped.action()).isEqualTo(Action.STOP);
    assertThat(stopped.at()).isEqualTo(at(66 + 3600));
  }

  @Test
  void aSleepThatWasGivenUp_isANewIdleStart() {
    defines(defined("api"));
    goes(RunState.RUNNING, at(0));
    assertThat(only(ticks(at(60))).action()).isEqualTo(Action.SLEEP);
    goes(RunState.FALLING_ASLEEP, at(60.1));
    assertThat(goes(RunState.RUNNING, at(60.2))).isEmpty();
    assertThat(ticks(at(120.199))).isEmpty();
    assertThat(only(ticks(at(120.2))).action()).isEqualTo(Action.SLEEP);
  }
}
