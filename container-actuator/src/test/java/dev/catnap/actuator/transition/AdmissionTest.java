package dev.catnap.actuator.transition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.Action;
import dev.catnap.events.Command;
import dev.catnap.events.Reason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final Instant NOON = Instant.parse("2026-10-01T12:00:00Z");

  private final Admission admission = new Admission(Duration.ofMinutes(10), Duration.ofSeconds(60));

  private static Command command(String id, Action action, Instant at) {
    return new Command(id, "web", action, at, Reason.MANUAL, "manual", null, null);
  }

  @Test
  void theSameCommandTwice_isADuplicate() {
    assertThat(admission.refuse(command("1", Action.WAKE, NOON), NOON)).isNull();
    assertThat(admission.refuse(command("1", Action.WAKE, NOON), NOON))
        .isEqualTo(Outcome.DUPLICATE);
  }

  @Test
  void whatWasCarriedOutBeforeARestart_isADuplicate_andWhatIsOlderIsOutdated() {
    admission.recognise(command("1", Action.WAKE, NOON));
    admission.recognise(command("0", Action.WAKE, NOON.minusSeconds(1)));
    assertThat(admission.refuse(command("1", Action.WAKE, NOON.plusSeconds(5)), NOON))
        .isEqualTo(Outcome.DUPLICATE);
    assertThat(admission.refuse(command("2", Action.SLEEP, NOON.minusMillis(1)), NOON))
        .isEqualTo(Outcome.OUTDATED);
  }

  @Test
  void anOlderOneAfterANewerOne_isOutdated_aSimultaneousOneIsNot() {
    admission.refuse(command("1", Action.SLEEP, NOON), NOON);
    assertThat(admission.refuse(command("2", Action.WAKE, NOON.minusMillis(1)), NOON))
        .isEqualTo(Outcome.OUTDATED);
    assertThat(admission.refuse(command("3", Action.WAKE, NOON), NOON)).isNull();
  }

  @Test
  void aSleepExpiresAfterAMinute_aWakeAfterTen() {
    assertThat(admission.refuse(command("1", Action.SLEEP, NOON), NOON.plusSeconds(60))).isNull();
    assertThat(
            admission.refuse(
                command("2", Action.SLEEP, NOON.plusMillis(1)), NOON.plusSeconds(60).plusMillis(2)))
        .isEqualTo(Outcome.EXPIRED);
    assertThat(
            admission.refuse(command("3", Action.WAKE, NOON.plusMillis(1)), NOON.plusSeconds(600)))
        .isNull();
    assertThat(
            admission.refuse(
                command("4", Action.WAKE, NOON.plusMillis(1)), NOON.plusSeconds(600).plusMillis(2)))
        .isEqualTo(Outcome.EXPIRED);
  }
}
