package dev.catnap.policy.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catnap.events.InvalidFieldException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  /** 2026-03-04 is a Wednesday; Berlin is an hour ahead of UTC in winter, two in summer. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mon-Fri 07:30-20:30 Europe/Berlin | 2026-03-04T06:29:59.999Z | false",
        "Mon-Fri 07:30-20:30 Europe/Berlin | 2026-03-04T06:30:00Z     | true",
        "Mon-Fri 07:30-20:30 Europe/Berlin | 2026-03-04T19:29:59.999Z | true",
        "Mon-Fri 07:30-20:30 Europe/Berlin | 2026-03-04T19:30:00Z     | false",
        "Mon-Fri 07:30-20:30 Europe/Berlin | 2026-07-01T05:30:00Z     | true",
        "Mon-Fri 07:30-20:30 Europe/Berlin | 2026-03-07T12:00:00Z     | false",
        "monday-friday 07:30-20:30         | 2026-03-04T07:30:00Z     | true",
        "Sat-Mon 08:00-09:00               | 2026-03-08T08:30:00Z     | true",
        "Sat-Mon 08:00-09:00               | 2026-03-10T08:30:00Z     | false",
        "Mon,Wed,Fri 08:00-09:00           | 2026-03-04T08:30:00Z     | true",
        "Mon,Wed,Fri 08:00-09:00           | 2026-03-05T08:30:00Z     | false",
        "* 08:00-09:00                     | 2026-03-08T08:30:00Z     | true",
        "08:00-09:00                       | 2026-03-08T08:30:00Z     | true",
        "08:00-09:00 UTC                   | 2026-03-08T08:30:00Z     | true",
        "Daily 22:00-06:00                 | 2026-03-04T05:59:59.999Z | true",
        "Daily 22:00-06:00                 | 2026-03-04T06:00:00Z     | false",
        "Fri 22:00-06:00                   | 2026-03-07T05:00:00Z     | true",
        "Fri 22:00-06:00                   | 2026-03-08T05:00:00Z     | false",
        "Wed 00:00-24:00                   | 2026-03-04T23:59:59.999Z | true",
        "Wed 00:00-24:00                   | 2026-03-05T00:00:00Z     | false",
        // 29 March 2026: 02:00 in Berlin becomes 03:00, at 01:00 UTC.
        "Sun 02:30-04:00 Europe/Berlin     | 2026-03-29T01:00:00Z     | true",
        "Sun 02:30-04:00 Europe/Berlin     | 2026-03-29T00:59:59.999Z | false",
        "Sun 02:10-02:50 Europe/Berlin     | 2026-03-29T01:00:00Z     | false",
        // 25 October 2026: 03:00 becomes 02:00, at 01:00 UTC; 02:30 is twice.
        "Sun 02:00-02:30 Europe/Berlin     | 2026-10-25T00:00:00Z     | true",
        "Sun 02:00-02:30 Europe/Berlin     | 2026-10-25T01:29:59.999Z | true",
        "Sun 02:00-02:30 Europe/Berlin     | 2026-10-25T01:30:00Z     | false",
      })
  void window_isOpen(String window, Instant at, boolean open) {
    assertThat(Schedule.parse(List.of(window)).isOpen(at)).isEqualTo(open);
  }

  @Test
  void closesAt_joinsWindowsThatTouch() {
    Schedule schedule = Schedule.parse(List.of("Wed 08:00-12:00", "Wed 12:00-14:00"));
    assertThat(schedule.closesAt(Instant.parse("2026-03-04T09:00:00Z")))
        .isEqualTo("2026-03-04T14:00:00Z");
    assertThat(schedule.closesAt(Instant.parse("2026-03-04T07:00:00Z"))).isNull();
    assertThat(
            Schedule.parse(List.of("* 00:00-24:00"))
                .closesAt(Instant.parse("2026-03-04T09:00:00Z")))
        .isNull();
  }

  @Test
  void nextOpening_looksAWeekAhead() {
    Schedule schedule = Schedule.parse(List.of("Wed 08:00-12:00"));
    assertThat(schedule.nextOpening(Instant.parse("2026-03-04T07:59:59.999Z")))
        .isEqualTo("2026-03-04T08:00:00Z");
    assertThat(schedule.nextOpening(Instant.parse("2026-03-04T08:00:00Z")))
        .isEqualTo("2026-03-11T08:00:00Z");
    assertThat(Schedule.parse(List.of()).nextOpening(Instant.EPOCH)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Mon",
        "Mon-Fri",
        "Mon 7-8",
        "Mon 24:00-08:00",
        "Mon 08:00-24:01",
        "Mon 08:60-09:00",
        "Mon 08:00-08:00",
        "Mon-Tue-Wed 08:00-09:00",
        "Mon, 08:00-09:00",
        "Funday 08:00-09:00",
        "Mon 08:00-09:00 Europe/Atlantis",
        "Mon 08:00-09:00 UTC tomorrow",
      })
  void rubbish_isRefusedByName(String window) {
    assertThatThrownBy(() -> Schedule.parse(List.of(window)))
        .isInstanceOfSatisfying(
            InvalidFieldException.class,
            e -> {
              assertThat(e.field()).isEqualTo("sleep_policy.schedule");
              assertThat(e.value()).isEqualTo(window);
            });
  }
}
