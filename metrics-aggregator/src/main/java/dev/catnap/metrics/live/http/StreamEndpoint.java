package dev.catnap.metrics.live.http;

import dev.catnap.events.Check;
import dev.catnap.events.InvalidFieldException;
import dev.catnap.kit.http.ProblemException;
import dev.catnap.metrics.live.Audience.Listener;
import dev.catnap.metrics.live.Audience.Wish;
import dev.catnap.metrics.live.LiveEvent.Kind;
import dev.catnap.metrics.live.kafka.LiveFeed;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /metrics/stream}. */
@RestController
@Tag(name = "metrics")
public final class StreamEndpoint {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
  private static final int MOST_SERVICES = 100;

  private final LiveFeed feed;
  private final JsonMapper json;
  private final Clock clock;
  private final Semaphore places;
  private final Duration heartbeat;

  /**
   * @param clients who may listen at the same time
   * @param heartbeat a comment is sent when nothing else was for this long
   */
  public StreamEndpoint(
      LiveFeed feed, JsonMapper json, Clock clock, int clients, Duration heartbeat) {
    this.feed = feed;
    this.json = json;
    this.clock = clock;
    this.places = new Semaphore(clients);
    this.heartbeat = heartbeat;
  }

  @GetMapping(value = "/metrics/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Operation(
      summary = "State changes and figures as they happen, as server-sent events",
      description =
          "Events: state-change and resource-sample, with the record as data. A comment now and then"
              + " keeps the connection. A client that comes back with Last-Event-ID within a minute"
              + " misses nothing; where that cannot be, it is told by the event reset. One that does"
              + " not keep up is told dropped and let go.")
  public void stream(
      @Parameter(description = "only of these; several with commas", example = "shop,search")
          @RequestParam(required = false)
          @Nullable String service,
      @Parameter(description = "state-change, resource-sample, or both", example = "state-change")
          @RequestParam(required = false)
          @Nullable String types,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
      HttpServletResponse response)
      throws IOException {
    Wish wish = new Wish(services(service), kinds(types), clock.instant(), lastEventId);
    if (!places.tryAcquire()) {
      throw ProblemException.unavailable("As many listen as may.", RETRY_AFTER);
    }
    Listener listener = feed.join(wish);
    try {
      response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
      response.setCharacterEncoding("UTF-8");
      response.setHeader("Cache-Control", "no-store");
      // nginx would collect them otherwise.
      response.setHeader("X-Accel-Buffering", "no");
      new EventWriter(response, json, heartbeat).write(listener);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      feed.leave(listener);
      places.release();
    }
  }

  private static Set<String> services(@Nullable String given) {
    Set<String> services = new LinkedHashSet<>();
    if (given != null) {
      for (String name : List.of(given.split(",", -1))) {
        services.add(Check.serviceName("service", name.strip()));
      }
      if (services.size() > MOST_SERVICES) {
        throw new InvalidFieldException("service", "must be at most 100 services", given);
      }
    }
    return services;
  }

  private static Set<Kind> kinds(@Nullable String given) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    if (given == null) {
      return EnumSet.allOf(Kind.class);
    }
    for (String name : List.of(given.split(",", -1))) {
      kinds.add(
          Kind.named(name.strip())
              .orElseThrow(() ->
                  new InvalidFieldException(
                      "types", "must be state-change, resource-sample, or both", given)));
    }
    return kinds;
  }
}
