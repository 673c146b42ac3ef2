package dev.catnap.kit.health;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;

/** A part of the system that can say how it is; a bean for each. */
public interface SystemPart {
  /** What it is called, such as {@code policy-service}; no two parts share it. */
  String name();

  Kind kind();

  /** How it is now. Answers within two seconds or counts as down; is asked from any thread. */
  Report report();

  enum Kind {
    SERVICE,
    BROKER,
    DATABASE,
    ENGINE;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  enum Condition {
    UP,
    /** Does its work, but not all of it or not as fast. */
    DEGRADED,
    DOWN
  }

  /**
   * @param detail why, for people; null when there is nothing to say
   */
  record Report(Condition condition, @Nullable String detail) {
    public static Report up() {
      return new Report(Condition.UP, null);
    }

    public static Report degraded(String detail) {
      return new Report(Condition.DEGRADED, detail);
    }

    public static Report down(String detail) {
      return new Report(Condition.DOWN, detail);
    }
  }

  static SystemPart of(String name, Kind kind, Supplier<Report> report) {
    return new SystemPart() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Kind kind() {
        return kind;
      }

      @Override
      public Report report() {
        return report.get();
      }
    };
  }

  /** A part that Actuator knows already. */
  static SystemPart ofIndicator(String name, Kind kind, HealthIndicator indicator) {
    return of(
        name,
        kind,
        () -> {
          Health health = indicator.health();
          if (health == null) {
            return Report.down("says nothing");
          }
          return Status.UP.equals(health.getStatus()) ? Report.up() : Report.down(why(health));
        });
  }

  private static String why(Health health) {
    Object reason = health.getDetails().get("reason");
    Object error = health.getDetails().get("error");
    Object said = reason != null ? reason : error;
    return said == null ? health.getStatus().getCode() : said.toString();
  }
}
