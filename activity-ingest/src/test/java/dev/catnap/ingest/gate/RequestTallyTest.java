package dev.catnap.ingest.gate;

import static dev.catnap.ingest.gate.Stories.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.Activity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RequestTallyTest {
  private final AtomicInteger ids = new AtomicInteger();
  private final RequestTally tally =
      new RequestTally(
          Duration.ofMillis(500), Duration.ofMillis(100), () -> "id-" + ids.incrementAndGet());

  @Test
  void theFirstIsReportedAtOnceAndTheRestInASum() {
    Activity first = tally.passed("app", at(0));
    assertThat(first.count()).isEqualTo(1);
    assertThat(first.at()).isEqualTo(at(0));
    assertThat(first.source()).isEqualTo("gate");
    tally.delivered(first);
    for (int i = 1; i <= 41; i++) {
      assertThat(tally.passed("app", at(i))).isNull();
    }
    List<Activity> due = tally.due(at(500));
    assertThat(due).hasSize(1);
    assertThat(due.getFirst().count()).isEqualTo(41);
    assertThat(due.getFirst().at()).isEqualTo(at(41));
    tally.delivered(due.getFirst());
    assertThat(tally.due(at(1000))).isEmpty();
    assertThat(tally.unreported()).isZero();
  }

  @Test
  void afterAQuietMomentTheNextOneIsTheFirstAgain() {
    tally.delivered(tally.passed("app", at(0)));
    assertThat(tally.passed("app", at(499))).isNull();
    assertThat(tally.passed("app", at(500)).count()).isEqualTo(2);
  }

  @Test
  void servicesAreCountedApart() {
    assertThat(tally.passed("one", at(0))).isNotNull();
    assertThat(tally.passed("two", at(0))).isNotNull();
  }

  @Test
  void aHeldRequestIsReportedAtOnceButNotEachOfMany() {
    int reports = 0;
    int counted = 0;
    for (int i = 0; i < 500; i++) {
      Activity report = tally.held("app", at(i / 10));
      if (report != null) {
        reports++;
        counted += report.count();
        tally.delivered(report);
      }
    }
    assertThat(reports).isEqualTo(1);
    counted += tally.due(at(500)).getFirst().count();
    assertThat(counted).isEqualTo(500);
  }

  @Test
  void aHeldRequestDoesNotWaitForTheSum() {
    tally.delivered(tally.passed("app", at(0)));
    assertThat(tally.passed("app", at(50))).isNull();
    assertThat(tally.held("app", at(99))).isNull();
    assertThat(tally.held("app", at(100)).count()).isEqualTo(3);
  }

  @Test
  void whatDidNotArriveIsOfferedAgainUnderTheSameId() {
    Activity report = tally.passed("app", at(0));
    tally.passed("app", at(1));
    assertThat(tally.due(at(500))).as("still on its way").isEmpty();
    tally.undelivered(report);
    assertThat(tally.due(at(1000))).containsExactly(report);
    assertThat(tally.unreported()).isEqualTo(2);
    tally.delivered(report);
    assertThat(tally.due(at(1500)).getFirst().count()).isEqualTo(1);
  }

  @Test
  void whileOneIsOnItsWayNoOtherIsSent() {
    Activity report = tally.held("app", at(0));
    assertThat(tally.held("app", at(5000))).isNull();
    tally.delivered(report);
    assertThat(tally.held("app", at(5001)).count()).isEqualTo(2);
  }

  @Test
  void aClockThatJumpsBackHoldsNothingUp() {
    tally.delivered(tally.passed("app", at(0)));
    assertThat(tally.passed("app", at(-3_600_000))).isNotNull();
  }

  private static Instant at(long millis) {
    return NOON.plusMillis(millis);
  }
}
