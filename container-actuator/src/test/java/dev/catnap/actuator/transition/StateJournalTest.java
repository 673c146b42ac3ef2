package dev.catnap.actuator.transition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StateJournalTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  private final RecordedStates log = new RecordedStates();
  private final StateJournal journal = new StateJournal(log);

  private static StateChange change(String id, RunState from, RunState to, Instant at) {
    return new StateChange(id, "web", "web-1", "here", from, to, at, Reason.EXTERNAL);
  }

  @Test
  void aContainerThatCameBackBeforeItsEndWasWritten_keepsItsState() {
    StateChange stopped = change("1", RunState.RUNNING, RunState.STOPPED, NOON);
    journal.observed(stopped);
    CompletableFuture<Void> written = new CompletableFuture<>();
    log.answer(written);
    journal.end(Changes.gone(stopped, RunState.STOPPED, NOON.plusSeconds(1), null));
    journal.publish(change("2", RunState.STOPPED, RunState.RUNNING, NOON.plusSeconds(2)));

    written.complete(null);

    assertThat(journal.state("web", "web-1")).isEqualTo(RunState.RUNNING);
    assertThat(log.forgotten()).isEmpty();
  }

  @Test
  void anEndReadBackLate_doesNotTakeAwayWhatCameAfterIt() {
    StateChange stopped = change("1", RunState.RUNNING, RunState.STOPPED, NOON);
    StateChange end = Changes.gone(stopped, RunState.STOPPED, NOON.plusSeconds(1), null);
    journal.observed(change("2", RunState.UNKNOWN, RunState.RUNNING, NOON.plusSeconds(2)));

    journal.observed(end);

    assertThat(journal.state("web", "web-1")).isEqualTo(RunState.RUNNING);
  }
}
