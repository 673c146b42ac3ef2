package dev.catnap.metrics.recommendation.http;

import dev.catnap.metrics.recommendation.Diagnosis;
import dev.catnap.metrics.recommendation.Disuse;
import dev.catnap.metrics.recommendation.Efficiency;
import dev.catnap.metrics.recommendation.Fit;
import dev.catnap.metrics.recommendation.MemoryLeak;
import dev.catnap.metrics.recommendation.Recommendation;
import dev.catnap.metrics.recommendation.Sizing;
import dev.catnap.metrics.recommendation.Worth;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A recommendation as it is answered.
 *
 * @param confidence 1 is a day of data; it widens the bounds while it is low
 * @param saves of changing the limits to their targets; negative where they grow
 */
public record RecommendationView(
    String service,
    double confidence,
    Size cpuCores,
    Size memoryBytes,
    Efficiency efficiency,
    Worth saves,
    @Nullable LeakView leak,
    @Nullable Disuse retire,
    Diagnosis diagnosis) {
  /**
   * @param used in the mean while awake
   * @param fit over, under, fits, unlimited or unknown
   */
  public record Size(
      @Nullable Double limit,
      @Nullable Double used,
      @Nullable Double target,
      @Nullable Double lower,
      @Nullable Double upper,
      Fit fit) {
    static Size of(Recommendation.Resource resource) {
      Sizing sizing = resource.sizing();
      return new Size(
          resource.limit(),
          resource.used(),
          sizing == null ? null : sizing.target(),
          sizing == null ? null : sizing.lower(),
          sizing == null ? null : sizing.upper(),
          resource.fit());
    }
  }

  /**
   * @param limitReachedAt absent where there is no limit, or it is years away
   */
  public record LeakView(
      double bytesPerHour,
      double p,
      Instant since,
      int hours,
      @Nullable Instant limitReachedAt,
      String text) {
    static @Nullable LeakView of(@Nullable MemoryLeak leak) {
      return leak == null
          ? null
          : new LeakView(
              leak.bytesPerHour(),
              leak.p(),
              leak.since(),
              leak.hours(),
              leak.limitReachedAt(),
              String.format(
                  Locale.ROOT,
                  "grows by %.1f MB an hour since %s%s",
                  leak.bytesPerHour() / 1e6,
                  leak.since(),
                  leak.limitReachedAt() == null ? "" : ", at its limit " + leak.limitReachedAt()));
    }
  }

  static RecommendationView of(Recommendation one) {
    return new RecommendationView(
        one.service(),
        one.confidence(),
        Size.of(one.cpu()),
        Size.of(one.memory()),
        one.efficiency(),
        one.worth(),
        LeakView.of(one.leak()),
        one.disuse(),
        one.diagnosis());
  }
}
