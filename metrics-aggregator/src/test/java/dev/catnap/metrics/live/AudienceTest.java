package dev.catnap.metrics.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.metrics.live.Audience.Listener;
import dev.catnap.metrics.live.Audience.Wish;
import dev.catnap.metrics.live.LiveEvent.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AudienceTest {
  private static final Instant T0 = Instant.parse("2026-03-01T00:00:00Z");
  private final AtomicInteger dropped = new AtomicInteger();
  private final Audience audience = new Audience(2, 3, dropped::incrementAndGet);

  private static LiveEvent event(String id, String service) {
    return new LiveEvent(id, Kind.STATE_CHANGE, service, T0, "data");
  }

  private Listener join(Set<String> services, @Nullable String lastId) {
    return audience.join(new Wish(services, EnumSet.allOf(Kind.class), T0, lastId));
  }

  private static @Nullable String next(Listener listener) throws InterruptedException {
    LiveEvent event = listener.next(Duration.ZERO);
    return event == null ? null : event.id();
  }

  @Test
  void eachHearsWhatItWishedFor() throws Exception {
    Listener all = join(Set.of(), null);
    Listener one = join(Set.of("b"), null);
    Listener samples =
        audience.join(new Wish(Set.of(), EnumSet.of(Kind.RESOURCE_SAMPLE), T0, null));
    Listener later =
        audience.join(new Wish(Set.of(), EnumSet.allOf(Kind.class), T0.plusMillis(1), null));
    audience.publish(event("1", "a"));
    audience.publish(event("2", "b"));
    assertThat(next(all)).isEqualTo("1");
    assertThat(next(all)).isEqualTo("2");
    assertThat(next(one)).isEqualTo("2");
    assertThat(next(samples)).isNull();
    assertThat(next(later)).isNull();
  }

  @Test
  void whoDoesNotKeepUp_isLetGo_andSlowsNobody() throws Exception {
    Listener slow = join(Set.of(), null);
    Listener quick = join(Set.of(), null);
    for (int i = 0; i < 5; i++) {
      audience.publish(event("" + i, "a"));
      assertThat(next(quick)).isEqualTo("" + i);
    }
    assertThat(slow.isDropped()).isTrue();
    assertThat(slow.isOver()).isTrue();
    assertThat(quick.isOver()).isFalse();
    assertThat(dropped).hasValue(1);
    assertThat(audience.size()).isEqualTo(1);
  }

  @Test
  void whoComesBackInTime_missesNothing() throws Exception {
    audience.publish(event("1", "a"));
    audience.publish(event("2", "a"));
    audience.publish(event("3", "a"));
    Listener back = join(Set.of(), "1");
    audience.publish(event("4", "a"));
    assertThat(back.isResumed()).isTrue();
    assertThat(back.isDropped()).isTrue();
    Listener again = join(Set.of(), "2");
    assertThat(next(again)).isEqualTo("3");
    assertThat(next(again)).isEqualTo("4");
  }

  @Test
  void whoComesBackTooLate_isTold() {
    for (int i = 1; i <= 4; i++) {
      audience.publish(event("" + i, "a"));
    }
    assertThat(join(Set.of(), "1").isResumed()).isFalse();
    assertThat(join(Set.of(), "2").isResumed()).isTrue();
    assertThat(join(Set.of(), null).isResumed()).isTrue();
  }

  @Test
  void dismissed_allAreOver() {
    Listener listener = join(Set.of(), null);
    audience.dismiss();
    assertThat(listener.isOver()).isTrue();
    assertThat(audience.size()).isZero();
  }
}
