package dev.catnap.metrics.trend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.catnap.metrics.trend.Anomaly.Judged;
import dev.catnap.metrics.trend.Series.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationTest {
  /** A Monday. */
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");

  private static final Duration HOUR = Duration.ofHours(1);

  /** Busy (100) from 9 to 17 h, else 10; a little more each week, so that there is a MAD. */
  private static Map<Instant, Double> weeks(int days) {
    Map<Instant, Double> history = new HashMap<>();
    for (int hour = 0; hour < days * 24; hour++) {
      int ofDay = hour % 24;
      history.put(
          START.plus(HOUR.multipliedBy(hour)),
          (ofDay >= 9 && ofDay < 17 ? 100.0 : 10.0) + hour / 168);
    }
    return history;
  }

  private static Judged judge(Map<Instant, Double> history, Instant at, double value) {
    history.put(at, value);
    return Anomaly.judge(
            List.of(new Point(at, value)),
            Expectation.of(HOUR, 0, false, history),
            "requests",
            0,
            Instant.MAX)
        .getFirst();
  }

  @Test
  void medianAndMad_worked() {
    Robust robust = Robust.of(new double[] {1, 1, 2, 2, 4, 6, 9});
    assertThat(robust.median()).isEqualTo(2);
    assertThat(robust.mad()).isEqualTo(1);
  }

  /** Mondays 10 h had 100, 101, 102, 103: median 101.5, MAD 1; the floor is 1.015. */
  @Test
  void theHourOfTheWeek_isComparedWithItself() {
    Judged busy =
        judge(weeks(28), START.plus(Duration.ofDays(28)).plus(HOUR.multipliedBy(10)), 104);
    assertThat(busy.anomaly()).isNull();
    assertThat(busy.band().method()).isEqualTo(Band.Method.HOUR_OF_WEEK);
    assertThat(busy.band().compared()).isEqualTo(4);
    assertThat(busy.band().middle()).isEqualTo(101.5);
    assertThat(busy.band().mad()).isEqualTo(1.015, within(1e-12));
    assertThat(busy.band().upper()).isEqualTo(101.5 + 3.5 / 0.6745 * 1.015, within(1e-9));
  }

  @Test
  void busyAtNight_isAnAnomaly_andSaysWhy() {
    Judged night =
        judge(weeks(28), START.plus(Duration.ofDays(28)).plus(HOUR.multipliedBy(3)), 100);
    assertThat(night.anomaly()).isNotNull();
    assertThat(night.anomaly().score()).isEqualTo(0.6745 * (100 - 11.5) / 1, within(1e-9));
    assertThat(night.anomaly().reason())
        .contains("100 requests is above the band", "the same hour of 4 other weeks", "11.5");
  }

  @Test
  void quietAtNoon_isAnAnomalyBelow() {
    Judged noon = judge(weeks(28), START.plus(Duration.ofDays(29)).plus(HOUR.multipliedBy(12)), 10);
    assertThat(noon.anomaly().score()).isNegative();
    assertThat(noon.anomaly().reason()).contains("below");
  }

  @ParameterizedTest
  @CsvSource({"20, LAST_24H", "21, HOUR_OF_WEEK"})
  void threeWeeks_areNeeded(int days, Band.Method method) {
    Map<Instant, Double> history = weeks(days);
    Instant at = START.plus(Duration.ofDays(days)).minus(HOUR);
    List<Point> points = new ArrayList<>();
    for (int hour = 24; hour >= 0; hour--) {
      Instant one = at.minus(HOUR.multipliedBy(hour));
      points.add(new Point(one, history.get(one)));
    }
    List<Judged> judged =
        Anomaly.judge(points, Expectation.of(HOUR, 0, false, history), "requests", 24, Instant.MAX);
    assertThat(judged.getFirst().band().method()).isEqualTo(method);
  }

  /** Ten times 10 and ten times 12: median 11, MAD 1, band 9 to 13. */
  @Test
  void beforeThat_the24HoursBeforeAreCompared() {
    List<Point> points = new ArrayList<>();
    for (int hour = 0; hour < 20; hour++) {
      points.add(new Point(START.plus(HOUR.multipliedBy(hour)), hour % 2 == 0 ? 10.0 : 12.0));
    }
    points.add(new Point(START.plus(HOUR.multipliedBy(20)), 13.1));
    Judged last =
        Anomaly.judge(points, Expectation.of(HOUR, 0, false, Map.of()), "cores", 20, Instant.MAX)
            .getFirst();
    assertThat(last.band().lower()).isEqualTo(9);
    assertThat(last.band().upper()).isEqualTo(13);
    assertThat(last.anomaly().reason()).contains("the 20 steps of the 24 h before");
  }

  @Test
  void aConstant_hasAFloorUnderItsMad() {
    Map<Instant, Double> history = new HashMap<>();
    weeks(28).forEach((at, value) -> history.put(at, 50.0));
    Instant at = START.plus(Duration.ofDays(20));
    assertThat(judge(history, at, 52.5).anomaly()).isNull();
    assertThat(judge(history, at, 52.6).anomaly()).isNotNull();
    history.put(at, 52.6);
    Expectation tolerant = Expectation.of(HOUR, 1, false, history);
    assertThat(tolerant.band(at, List.of()).contains(52.6)).isTrue();
  }

  @Test
  void aGap_isNeitherJudgedNorCompared() {
    List<Point> points = new ArrayList<>();
    for (int hour = 0; hour < 10; hour++) {
      points.add(new Point(START.plus(HOUR.multipliedBy(hour)), hour < 5 ? 10.0 : null));
    }
    List<Judged> judged =
        Anomaly.judge(points, Expectation.of(HOUR, 0, false, Map.of()), "cores", 0, Instant.MAX);
    assertThat(judged).allMatch(one -> one.anomaly() == null && one.band() == null);
    assertThat(Gap.in(points, HOUR))
        .containsExactly(
            new Gap(START.plus(HOUR.multipliedBy(5)), START.plus(HOUR.multipliedBy(10))));
  }

  /** Five minutes have a twelfth of an hour's requests, and all of its cores. */
  @Test
  void shortSteps_areComparedWithTheirShareOfTheHour() {
    Duration step = Duration.ofMinutes(5);
    Instant at = START.plus(Duration.ofDays(28)).plus(HOUR.multipliedBy(10)).plus(step);
    assertThat(Expectation.of(step, 0, true, weeks(28)).band(at, List.of()).middle())
        .isEqualTo(101.5 / 12, within(1e-9));
    assertThat(Expectation.of(step, 0, false, weeks(28)).band(at, List.of()).middle())
        .isEqualTo(101.5);
  }

  @Test
  void longSteps_haveFewerCells() {
    assertThat(Expectation.cell(Duration.ofHours(6))).isEqualTo(Duration.ofHours(6));
    Map<Instant, Double> days = new HashMap<>();
    for (int day = 0; day < 28; day++) {
      days.put(START.plus(Duration.ofDays(day)), day % 7 < 5 ? 100.0 : 20.0);
    }
    Expectation expectation = Expectation.of(Duration.ofDays(1), 0, true, days);
    assertThat(expectation.band(START.plus(Duration.ofDays(5)), List.of()).middle()).isEqualTo(20);
    assertThat(expectation.band(START.plus(Duration.ofDays(7)), List.of()).middle()).isEqualTo(100);
  }
}
