package dev.catnap.ingest.gate;

import static dev.catnap.ingest.gate.Stories.NOON;
import static dev.catnap.ingest.gate.Stories.failed;
import static dev.catnap.ingest.gate.Stories.went;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownServicesTest {
  private final KnownServices known = new KnownServices();

  @Test
  void aServiceIsKnownByItsDefinitionOrByAContainer() {
    known.defined("defined", Marks.NONE);
    known.changed(went("seen", RunState.RUNNING, NOON));
    assertThat(known.of("defined").state()).isEqualTo(RunState.UNKNOWN);
    assertThat(known.of("seen").isKnown()).isTrue();
    assertThat(known.of("other")).isNull();
    known.undefined("defined");
    assertThat(known.of("defined")).isNull();
    assertThat(known.count()).isEqualTo(1);
  }

  @Test
  void theNewestChangeCountsWhateverTheOrder() {
    known.changed(went("app", RunState.SLEEPING, NOON.plusMillis(2)));
    known.changed(went("app", RunState.RUNNING, NOON.plusMillis(1)));
    assertThat(known.of("app").state()).isEqualTo(RunState.SLEEPING);
    known.changed(went("app", RunState.WAKING, NOON.plusMillis(3)));
    assertThat(known.of("app").state()).isEqualTo(RunState.WAKING);
  }

  @Test
  void theSameChangeToldAgainChangesNothing() {
    StateChange change = went("app", RunState.SLEEPING, NOON);
    known.changed(change);
    Situation before = known.of("app");
    known.changed(change);
    assertThat(known.of("app")).isSameAs(before);
  }

  @Test
  void atTheSameInstantTheOneToldLaterCounts() {
    known.changed(went("app", RunState.FALLING_ASLEEP, NOON));
    known.changed(went("app", RunState.SLEEPING, NOON));
    assertThat(known.of("app").state()).isEqualTo(RunState.SLEEPING);
  }

  @Test
  void oneSleepingContainerMakesTheServiceSleep() {
    known.changed(went("app", "web", RunState.RUNNING, NOON));
    known.changed(went("app", "db", RunState.SLEEPING, NOON));
    assertThat(known.of("app").state()).isEqualTo(RunState.SLEEPING);
    known.changed(went("app", "db", RunState.RUNNING, NOON.plusMillis(1)));
    assertThat(known.of("app").state()).isEqualTo(RunState.RUNNING);
  }

  @Test
  void aContainerThatIsGoneIsNotBroughtBackByItsHistory() {
    known.changed(went("app", "old", RunState.STOPPED, NOON));
    known.changed(went("app", "new", RunState.RUNNING, NOON));
    known.gone("app", "old", NOON.plusSeconds(1));
    assertThat(known.of("app").state()).isEqualTo(RunState.RUNNING);
    known.changed(went("app", "old", RunState.STOPPED, NOON.plusMillis(500)));
    assertThat(known.of("app").state()).isEqualTo(RunState.RUNNING);
    known.changed(went("app", "old", RunState.STOPPED, NOON.plusSeconds(2)));
    assertThat(known.of("app").state()).isEqualTo(RunState.STOPPED);
  }

  @Test
  void aChangeThatEndsTheHistoryOfAContainerLeavesTheOthers() {
    known.changed(went("app", "old", RunState.STOPPED, NOON));
    known.changed(went("app", "new", RunState.RUNNING, NOON));
    known.changed(went("app", "old", RunState.STOPPED, NOON.plusSeconds(1)).asGone());
    assertThat(known.of("app").state()).isEqualTo(RunState.RUNNING);
    known.changed(went("app", "new", RunState.RUNNING, NOON.plusSeconds(1)).asGone());
    assertThat(known.of("app").isKnown()).isFalse();
  }

  @Test
  void aRemovalOlderThanTheNewestChangeRemovesNothing() {
    known.changed(went("app", RunState.RUNNING, NOON.plusSeconds(1)));
    known.gone("app", "main", NOON);
    assertThat(known.of("app").isKnown()).isTrue();
  }

  @Test
  void aFailureIsRememberedForAsLongAsItLasts() {
    known.changed(failed("app", NOON, "no such image"));
    assertThat(known.of("app").failure().failure()).isEqualTo("no such image");
    known.changed(went("app", RunState.RUNNING, NOON.plusMillis(1)));
    assertThat(known.of("app").failure()).isNull();
  }

  @Test
  void listenersSeeWhatTheyAreToldOf() {
    List<RunState> seen = new ArrayList<>();
    known.onChange(service -> seen.add(known.of(service).state()));
    known.changed(went("app", RunState.SLEEPING, NOON));
    known.changed(went("app", RunState.RUNNING, NOON.plusMillis(1)));
    assertThat(seen).containsExactly(RunState.SLEEPING, RunState.RUNNING);
  }
}
