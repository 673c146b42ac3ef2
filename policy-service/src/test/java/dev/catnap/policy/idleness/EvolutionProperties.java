package dev.catnap.policy.idleness;

import static dev.catnap.policy.idleness.Fixtures.at;
import static dev.catnap.policy.idleness.Fixtures.change;
import static dev.catnap.policy.idleness.Fixtures.connected;
import static dev.catnap.policy.idleness.Fixtures.defined;
import static dev.catnap.policy.idleness.Fixtures.heartbeat;
import static dev.catnap.policy.idleness.Fixtures.open;
import static dev.catnap.policy.idleness.Fixtures.request;
import static dev.catnap.policy.idleness.Fixtures.sample;
import static dev.catnap.policy.idleness.Fixtures.tunnel;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.policy.catalog.Fleet;
import dev.catnap.policy.rules.Limits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Events that come twice, late and in any order end in the same facts and the same commands. */
class EvolutionProperties {
  private static final Instant LATER = at(10_000);

  @Property(tries = 300)
  void duplicatesAndAnyOrder_giveTheSameFacts(
      @ForAll("histories") List<PolicyEvent> history, @ForAll long seed) {
    List<PolicyEvent> shuffled = new ArrayList<>(history);
    shuffled.addAll(history.subList(0, history.size() / 2));
    Collections.shuffle(shuffled, new Random(seed));
    ServiceFacts facts = folded(history);
    assertThat(folded(shuffled)).isEqualTo(facts);
    assertThat(reviewed(folded(shuffled)).commands()).isEqualTo(reviewed(facts).commands());
  }

  @Property(tries = 300)
  void decidingTwice_isCommandingOnce(@ForAll("histories") List<PolicyEvent> history) {
    ServiceFacts facts = folded(history);
    Decision first = reviewed(facts);
    assertThat(reviewed(facts)).isEqualTo(first);
    if (first.commanded() != null) {
      ServiceFacts after = Evolution.evolve(facts, first.commanded());
      assertThat(reviewed(after).commands()).isEmpty();
    }
  }

  private static ServiceFacts folded(List<PolicyEvent> events) {
    ServiceFacts facts =
        Evolution.evolve(
            ServiceFacts.unheard("api"), new PolicyEvent.Defined(defined("api"), at(0)));
    for (PolicyEvent event : events) {
      facts = Evolution.evolve(facts, event);
    }
    return facts;
  }

  private static Decision reviewed(ServiceFacts facts) {
    return IdlePolicy.decide(
        facts, new PolicyEvent.Ticked(LATER), new Surroundings(at(0), Fleet.NONE, Limits.DEFAULT));
  }

  @Provide
  Arbitrary<List<PolicyEvent>> histories() {
    return events().list().ofMinSize(1).ofMaxSize(40);
  }

  private static Arbitrary<PolicyEvent> events() {
    Arbitrary<Instant> times = Arbitraries.integers().between(0, 300).map(Fixtures::at);
    Arbitrary<String> names = Arbitraries.of("a", "b", "c");
    Arbitrary<PolicyEvent> uses =
        Combinators.combine(times, names, Arbitraries.integers().between(0, 3))
            .as((time, name, kind) ->
                new PolicyEvent.Used(
                    switch (kind) {
                      case 0 -> request("api", time);
                      case 1 -> request("api", time, "id-" + name);
                      case 2 -> heartbeat("api", time);
                      default -> open("api", time, name, time.getNano() == 0 ? 1 : 0);
                    },
                    LATER));
    Arbitrary<PolicyEvent> changes =
        Combinators.combine(times, names, Arbitraries.of(RunState.class))
            .as((time, container, to) ->
                new PolicyEvent.Changed(
                    change("api", container, RunState.RUNNING, to, time, Reason.IDLE), LATER));
    Arbitrary<PolicyEvent> samples =
        Combinators.combine(times, Arbitraries.doubles().between(0, 1))
            .as((time, cores) -> new PolicyEvent.Measured(sample("api", time, cores, 0), LATER));
    Arbitrary<PolicyEvent> tunnels =
        times.map(time -> new PolicyEvent.Used(tunnel("api", time), LATER));
    Arbitrary<PolicyEvent> connections =
        Combinators.combine(times, Arbitraries.integers().between(0, 2))
            .as((time, count) ->
                new PolicyEvent.Measured(
                    connected("api", time, count == 0 ? null : count - 1), LATER));
    return Arbitraries.oneOf(uses, changes, samples, tunnels, connections);
  }
}
