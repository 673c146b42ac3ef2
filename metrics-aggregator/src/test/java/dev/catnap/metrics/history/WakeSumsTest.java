package dev.catnap.metrics.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.RunState;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WakeSumsTest {
  @Test
  void percentiles_areTheSmallestThatTheShareDoesNotExceed() {
    long[] micros = LongStream.rangeClosed(1, 20).map(i -> 21_000 - i * 1_000).toArray();

    assertThat(LatencySummary.of(22, micros))
        .isEqualTo(new LatencySummary(22, 20, 10.5, 10.0, 18.0, 19.0, 20.0, 20.0));
    assertThat(LatencySummary.of(3, new long[0]))
        .isEqualTo(new LatencySummary(3, 0, null, null, null, null, null, null));
  }

  @Test
  void wakesFromTwoStates_areToldApartAndTogether() {
    WakeSums sums = new WakeSums();
    sums.add(RunState.STOPPED, new WakeSums.Some(2, 1, new long[] {3_000_000}));
    sums.add(RunState.SLEEPING, new WakeSums.Some(1, 0, new long[] {50_000}));
    sums.add(RunState.SLEEPING, new WakeSums.Some(1, 0, new long[] {40_000}));

    WakeFigures figures = sums.figures();

    assertThat(figures.wakes()).isEqualTo(4);
    assertThat(figures.failed()).isEqualTo(1);
    assertThat(figures.latency().p50()).isEqualTo(50);
    assertThat(figures.latency().max()).isEqualTo(3_000);
    assertThat(figures.latencyByOrigin().get(RunState.SLEEPING).p99()).isEqualTo(50);
    assertThat(figures.latencyByOrigin().get(RunState.STOPPED).measured()).isEqualTo(1);
    assertThat(figures.latencyByOrigin().get(RunState.STOPPED).count()).isEqualTo(2);
  }
}
