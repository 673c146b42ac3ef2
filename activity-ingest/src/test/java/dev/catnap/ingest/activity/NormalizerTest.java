package dev.catnap.ingest.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.Activity;
import dev.catnap.events.ActivityKind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalizerTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private final Normalizer normalizer = new Normalizer(Duration.ofMinutes(5), Duration.ofDays(7));

  @Test
  void onlyAServiceIsRequired() {
    assertThat(normalizer.normalize(report("app", null), NOW))
        .isEqualTo(new Normalized.Accepted(Activity.request("app", NOW)));
  }

  @Test
  void whatIsSaidIsKept() {
    ActivityReport report =
        new ActivityReport("app", NOW.minusSeconds(9), ActivityKind.JOB, 3, 2, "cron", "id-1");
    assertThat(normalizer.normalize(report, NOW))
        .isEqualTo(
            new Normalized.Accepted(
                new Activity("app", NOW.minusSeconds(9), ActivityKind.JOB, 3, 2, "cron", "id-1")));
  }

  @ParameterizedTest
  @CsvSource({
    "300000, true",
    "300001, false",
    "0, true",
    "-604800000, true",
    "-604800001, false",
  })
  void clocksMayDifferWithinBounds(long offMillis, boolean accepted) {
    Normalized outcome = normalizer.normalize(report("app", NOW.plusMillis(offMillis)), NOW);
    assertThat(outcome instanceof Normalized.Accepted).isEqualTo(accepted);
    if (outcome instanceof Normalized.Rejected(Rejection rejection)) {
      assertThat(rejection.field()).isEqualTo("at");
      assertThat(rejection.reason()).contains("must be at most", "2026-0");
    }
  }

  @Test
  void theEndsOfTimeAreRejectedAndBreakNothing() {
    assertThat(normalizer.normalize(report("app", Instant.MAX), NOW))
        .isInstanceOf(Normalized.Rejected.class);
    assertThat(normalizer.normalize(report("app", Instant.MIN), NOW))
        .isInstanceOf(Normalized.Rejected.class);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "-, 1, 0, service",
        "' ', 1, 0, service",
        "a/b, 1, 0, service",
        ".., 1, 0, service",
        "app, 0, 0, count",
        "app, -1, 0, count",
        "app, 1, -1, inFlight",
      })
  void brokenRulesAreNamed(String service, int count, int inFlight, String field) {
    ActivityReport report = new ActivityReport(service, null, null, count, inFlight, null, null);
    assertThat(normalizer.normalize(report, NOW))
        .isInstanceOfSatisfying(
            Normalized.Rejected.class,
            rejected -> assertThat(rejected.rejection().field()).isEqualTo(field));
  }

  @Test
  void theEnvelopeFillsOnlyWhatIsOpen() {
    ActivityReport open = report("app", null).or("ce-1", NOW, "/gateway");
    assertThat(open.id()).isEqualTo("ce-1");
    assertThat(open.at()).isEqualTo(NOW);
    assertThat(open.source()).isEqualTo("/gateway");
    ActivityReport said =
        new ActivityReport("app", NOW.minusSeconds(1), null, null, null, "me", "mine");
    assertThat(said.or("ce-1", NOW, "/gateway")).isEqualTo(said);
  }

  private static ActivityReport report(String service, Instant at) {
    return new ActivityReport(service, at, null, null, null, null, null);
  }
}
