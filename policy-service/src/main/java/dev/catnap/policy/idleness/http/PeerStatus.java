package dev.catnap.policy.idleness.http;

import dev.catnap.events.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * The status of every service, whichever instance has its partition: what is not here is asked of
 * the instance that has it. One that does not answer within two seconds is not waited for; then the
 * compacted topics tell what they know, without what only memory has, such as requests a minute.
 */
public final class PeerStatus implements AutoCloseable {
  /** Says that a peer asks, and is not to be sent on. */
  static final String ASKED_BY_PEER = "Catnap-Peer";

  private static final Logger log = LoggerFactory.getLogger(PeerStatus.class);
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final int AT_ONCE = 16;

  private final StatusReader reader;
  private final Function<String, @Nullable String> owners;
  private final InstantSource clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places = new Semaphore(AT_ONCE);
  private volatile @Nullable HttpClient client;

  /**
   * @param owners {@code host:port} of the other instance that has a service; null: this one
   */
  public PeerStatus(
      StatusReader reader, Function<String, @Nullable String> owners, InstantSource clock) {
    this.reader = reader;
    this.owners = owners;
    this.clock = clock;
  }

  ServiceStatus own(String service) {
    return reader.status(service, clock.instant());
  }

  ServiceStatus status(String service) {
    String owner = owners.apply(service);
    ServiceStatus told = owner == null ? null : ask(owner, service);
    return told == null ? own(service) : told;
  }

  /** By name; peers are asked side by side. */
  Map<String, ServiceStatus> all(List<String> services) {
    Map<String, ServiceStatus> found = new ConcurrentHashMap<>();
    var remote =
        services.stream()
            .filter(service -> {
              boolean isHere = owners.apply(service) == null;
              if (isHere) {
                found.put(service, own(service));
              }
              return !isHere;
            })
            .map(service -> threads.submit(() -> found.put(service, status(service))))
            .toList();
    for (var asked : remote) {
      try {
        asked.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (java.util.concurrent.ExecutionException e) {
        log.atWarn().setCause(e.getCause()).log("a peer's answer was of no use");
      }
    }
    services.forEach(service -> found.computeIfAbsent(service, this::own));
    return found;
  }

  private @Nullable ServiceStatus ask(String owner, String service) {
    try {
      places.acquire();
      try {
        return answer(owner, service);
      } finally {
        places.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | JacksonException | IllegalArgumentException e) {
      log.atDebug()
          .addKeyValue("peer", owner)
          .addKeyValue("service", service)
          .addKeyValue("cause", e.toString())
          .log("a peer does not tell, the topics do");
    }
    return null;
  }

  private @Nullable ServiceStatus answer(String owner, String service)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + owner + "/services/" + service + "/status"))
            .timeout(LIMIT)
            .header(ASKED_BY_PEER, "true")
            .build();
    HttpResponse<String> answer = client().send(request, HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() == 200
        ? Json.MAPPER.readValue(answer.body(), ServiceStatus.class)
        : null;
  }

  /** Made when there is a peer to ask: most have none. */
  private synchronized HttpClient client() {
    HttpClient made = client;
    if (made == null) {
      made = HttpClient.newBuilder().connectTimeout(LIMIT).executor(threads).build();
      client = made;
    }
    return made;
  }

  @Override
  public void close() {
    HttpClient made = client;
    if (made != null) {
      made.shutdownNow();
    }
    threads.shutdownNow();
  }
}
