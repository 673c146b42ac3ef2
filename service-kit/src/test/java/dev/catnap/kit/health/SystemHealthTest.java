package dev.catnap.kit.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.kit.health.SystemHealth.PartHealth;
import dev.catnap.kit.health.SystemPart.Condition;
import dev.catnap.kit.health.SystemPart.Kind;
import dev.catnap.kit.health.SystemPart.Report;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SystemHealthTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);

  @Test
  void since_isWhenTheStatusChanged() {
    AtomicReference<Report> report = new AtomicReference<>(Report.up());
    SystemHealth health =
        new SystemHealth(List.of(SystemPart.of("cat", Kind.SERVICE, report::get)), clock);
    assertThat(health.ask().getFirst().since()).isEqualTo(NOON);

    now.set(NOON.plusSeconds(1));
    assertThat(health.ask().getFirst().since()).isEqualTo(NOON);

    report.set(Report.degraded("yawns"));
    PartHealth degraded = health.ask().getFirst();
    assertThat(degraded.since()).isEqualTo(NOON.plusSeconds(1));
    assertThat(degraded.detail()).isEqualTo("yawns");
  }

  @Test
  void partThatThrowsOrHangs_isDownAndHoldsUpNoOther() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    SystemHealth health =
        new SystemHealth(
            List.of(
                SystemPart.of(
                    "hangs",
                    Kind.ENGINE,
                    () -> {
                      try {
                        never.await();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                      return Report.up();
                    }),
                SystemPart.of(
                    "throws",
                    Kind.DATABASE,
                    () -> {
                      throw new IllegalStateException("no socket");
                    }),
                SystemPart.of("well", Kind.SERVICE, Report::up)),
            clock);
    List<PartHealth> parts = health.ask();
    never.countDown();
    assertThat(parts).extracting(PartHealth::name).containsExactly("hangs", "throws", "well");
    assertThat(parts)
        .extracting(PartHealth::status)
        .containsExactly(Condition.DOWN, Condition.DOWN, Condition.UP);
    assertThat(parts.get(0).detail()).isEqualTo("no answer within 2500 ms");
    assertThat(parts.get(1).detail()).isEqualTo("cannot say how it is: no socket");
  }
}
