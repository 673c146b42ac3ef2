package dev.catnap.ingest.gate;

import static dev.catnap.events.ActivityKind.CONNECTION;
import static dev.catnap.events.ActivityKind.REQUEST;
import static dev.catnap.ingest.gate.Stories.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
    Activity first = tally.passed("app", REQUEST, at(0));
    assertThat(first.count()).isEqualTo(1);
    assertThat(first.at()).isEqualTo(at(0));
    assertThat(first.source()).isEqualTo("gate");
    tally.delivered(first);
    for (int i = 1; i <= 41; i++) {
      assertThat(tally.passed("app", REQUEST, at(i))).isNull();
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
    tally.delivered(tally.passed("app", REQUEST, at(0)));
    assertThat(tally.passed("app", REQUEST, at(499))).isNull();
    assertThat(tally.passed("app", REQUEST, at(500)).count()).isEqualTo(2);
  }

  @Test
  void servicesAreCountedApart() {
    assertThat(tally.passed("one", REQUEST, at(0))).isNotNull();
    assertThat(tally.passed("two", REQUEST, at(0))).isNotNull();
  }

  @Test
  void aHeldRequestIsReportedAtOnceButNotEachOfMany() {
    int reports = 0;
    int counted = 0;
    for (int i = 0; i < 500; i++) {
      Activity report = tally.held("app", REQUEST, at(i / 10));
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
    tally.delivered(tally.passed("app", REQUEST, at(0)));
    assertThat(tally.passed("app", REQUEST, at(50))).isNull();
    assertThat(tally.held("app", REQUEST, at(99))).isNull();
    assertThat(tally.held("app", REQUEST, at(100)).count()).isEqualTo(3);
  }

  @Test
  void whatDidNotArriveIsOfferedAgainUnderTheSameId() {
    Activity report = tally.passed("app", REQUEST, at(0));
    tally.passed("app", REQUEST, at(1));
    assertThat(tally.due(at(500))).as("still on its way").isEmpty();
    tally.undelivered(report);
    assertThat(tally.due(at(1000))).containsExactly(report);
    assertThat(tally.unreported()).isEqualTo(2);
    tally.delivered(report);
    assertThat(tally.due(at(1500)).getFirst().count()).isEqualTo(1);
  }

  @Test
  void whileOneIsOnItsWayNoOtherIsSent() {
    Activity report = tally.held("app", REQUEST, at(0));
    assertThat(tally.held("app", REQUEST, at(5000))).isNull();
    tally.delivered(report);
    assertThat(tally.held("app", REQUEST, at(5001)).count()).isEqualTo(2);
  }

  @Test
  void connectionsAreNeverInOneSumWithRequests() {
    tally.delivered(tally.passed("app", REQUEST, at(0)));
    Activity opened = tally.passed("app", CONNECTION, at(1));
    assertThat(opened.kind()).isEqualTo(CONNECTION);
    assertThat(opened.count()).isEqualTo(1);
    assertThat(tally.passed("app", REQUEST, at(2))).isNull();
    assertThat(tally.passed("app", CONNECTION, at(3))).isNull();
    assertThat(tally.unreported()).isEqualTo(3);
    tally.delivered(opened);
    assertThat(tally.due(at(500)))
        .extracting(Activity::kind, Activity::count)
        .containsExactlyInAnyOrder(tuple(REQUEST, 1), tuple(CONNECTION, 1));
  }

  @Test
  void whoStillWaitsIsToldOfAgainUnderTheSameIdWithTheTimeOfNow() {
    assertThat(tally.again("app", at(0))).isNull();
    Activity first = tally.held("app", REQUEST, at(0));
    assertThat(tally.again("app", at(2000))).as("still on its way").isNull();
    tally.delivered(first);
    Activity again = tally.again("app", at(2000));
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.count()).isEqualTo(first.count());
    assertThat(again.at()).isEqualTo(at(2000));
    Activity opened = tally.held("app", CONNECTION, at(3000));
    tally.delivered(opened);
    assertThat(tally.again("app", at(4000)).id()).isEqualTo(opened.id());
    assertThat(tally.unreported()).isZero();
  }

  @Test
  void aClockThatJumpsBackHoldsNothingUp() {
    tally.delivered(tally.passed("app", REQUEST, at(0)));
    assertThat(tally.passed("app", REQUEST, at(-3_600_000))).isNotNull();
  }

  private static Instant at(long millis) {
    return NOON.plusMillis(millis);
  }
}
