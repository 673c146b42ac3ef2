package dev.catnap.actuator.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.ResourceSample;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StorageNewsTest {
  private static final Instant NOON = Instant.parse("2026-10-01T12:00:00Z");
  private static final Set<String> OURS = Set.of("web/web-1");

  private StorageNews news = StorageNews.none();
  private StorageMeasure measure = StorageMeasure.NONE;

  private void measured(Instant at, Map<String, Long> bytes) {
    measure = measure.next(at, bytes);
    news = news.with("node-1", measure);
  }

  private Long added() {
    return news.added(
            new ResourceSample(
                "web", "web-1", "node-1", NOON, 5_000, 0.1, null, 9, null, 1, 0, 0, 0, 0))
        .storageBytes();
  }

  private ResourceSample stopped() {
    return news.ofStopped("web", "web-1");
  }

  @Test
  void aSample_hasEachMeasureOnce() {
    assertThat(added()).isNull();
    measured(NOON, Map.of("web-1", 100L));
    assertThat(added()).isEqualTo(100);
    assertThat(added()).isNull();
    measured(NOON.plusSeconds(600), Map.of("web-1", 100L));
    assertThat(added()).isEqualTo(100);
  }

  @Test
  void ofTheStopped_onlyWhatIsNewIsTold() {
    assertThat(stopped()).isNull();
    measured(NOON, Map.of("web-1", 100L));
    assertThat(stopped()).isEqualTo(ResourceSample.ofStorage("web", "web-1", "node-1", NOON, 100));
    assertThat(stopped()).isNull();
    measured(NOON.plusSeconds(600), Map.of("web-1", 100L));
    assertThat(stopped()).isNull();
    measured(NOON.plusSeconds(1200), Map.of("web-1", 50L));
    assertThat(stopped().storageBytes()).isEqualTo(50);
  }

  @Test
  void whatWasToldWhileItRan_isNotToldAgainWhenItStops() {
    measured(NOON, Map.of("web-1", 100L));
    added();
    assertThat(stopped()).isNull();
  }

  @Test
  void afterADay_itIsToldAgain() {
    measured(NOON, Map.of("web-1", 100L));
    stopped();
    measured(NOON.plus(Duration.ofDays(1)).minusMillis(1), Map.of("web-1", 100L));
    assertThat(stopped()).isNull();
    Instant later = NOON.plus(Duration.ofDays(1));
    measured(later, Map.of("web-1", 100L));
    assertThat(stopped().at()).isEqualTo(later);
    assertThat(stopped()).isNull();
  }

  @Test
  void whatIsGone_isToldToHoldNothing_onceThatWasMeasured() {
    measured(NOON, Map.of("web-1", 100L));
    added();
    assertThat(news.ofGone(OURS)).isEmpty();
    assertThat(news.ofGone(Set.of())).isEmpty();
    measured(NOON.plusSeconds(600), Map.of());
    assertThat(news.ofGone(Set.of()))
        .containsExactly(
            ResourceSample.ofStorage("web", "web-1", "node-1", NOON.plusSeconds(600), 0));
    assertThat(news.ofGone(Set.of())).isEmpty();
  }

  @Test
  void whatIsOursNoMore_isNotGone_whileItIsThere() {
    measured(NOON, Map.of("web-1", 100L));
    added();
    measured(NOON.plusSeconds(600), Map.of("web-1", 100L));
    assertThat(news.ofGone(Set.of())).isEmpty();
  }

  @Test
  void oneThatIsMadeAgain_beforeTheNextMeasure_isNotGone() {
    measured(NOON, Map.of("web-1", 100L));
    added();
    measured(NOON.plusSeconds(600), Map.of("web-1", 3L));
    assertThat(news.ofGone(OURS)).isEmpty();
    assertThat(added()).isEqualTo(3);
  }

  @Test
  void whatIsNotMeasured_isNotTold() {
    measured(NOON, Map.of("other", 100L));
    assertThat(added()).isNull();
    assertThat(stopped()).isNull();
  }
}
