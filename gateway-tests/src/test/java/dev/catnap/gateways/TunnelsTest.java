package dev.catnap.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.testkit.RequiresProgram;
import dev.catnap.testkit.docker.RequiresDocker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What stays open for longer than the idle timeout keeps its service awake, through each gateway,
 * and once it is closed the service sleeps. All gateways at once, as each waits for the same time.
 */
@RequiresDocker
@RequiresProgram("nginx")
@RequiresProgram("caddy")
@RequiresProgram("haproxy")
@RequiresProgram(value = "apache2", debianPackage = "apache2-bin and lua-socket")
class TunnelsTest {

  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration OPEN_FOR = IDLE_TIMEOUT.multipliedBy(2).plusSeconds(1);
  private static final Set<String> IN_USE = Set.of("in_flight", "network");
  private static final Duration EACH = Duration.ofSeconds(1);

  private static final Map<Gateway, RealGateFixture> gateways = new EnumMap<>(Gateway.class);

  @BeforeAll
  static void start() {
    for (Gateway gateway : Gateway.values()) {
      RealGateFixture fixture = new RealGateFixture(gateway);
      gateways.put(gateway, fixture);
      services(fixture).forEach(service -> service.define(fixture.path, sleepyHead()));
      // Not all at once: eight programs that start would leave no time for anything else.
      services(fixture).forEach(service -> awaitStarted(fixture, service));
    }
  }

  private static void awaitStarted(RealGateFixture gateway, SleepyService service) {
    await(service.name() + " has started")
        .atMost(WakePath.SOON)
        .until(() ->
            gateway.path.changesOf(service.name()).stream()
                .anyMatch(change -> change.to() == RunState.RUNNING));
  }

  private static Map<String, Object> sleepyHead() {
    return Map.of(
        "sleep_policy",
        Map.of("idle_timeout", IDLE_TIMEOUT.toSeconds() + "s", "min_sleep_time", "0"));
  }

  @AfterAll
  static void end() {
    gateways.values().forEach(RealGateFixture::close);
  }

  private static Stream<SleepyService> services(RealGateFixture fixture) {
    return Stream.of(fixture.files, fixture.notes);
  }

  /** A body of {@link ServiceStandIn#DOWNLOAD_BYTES}, asked for and there. */
  private record Download(
      RealGateFixture gateway, HttpMessage answer, Instant beganAt, Instant endedAt) {}

  @Test
  void aQuietWebSocketAndASlowDownloadAreNotCut() {
    List<ClientConnection> sockets = new ArrayList<>();
    List<CompletableFuture<Download>> downloads = new ArrayList<>();
    gateways
        .values()
        .forEach(gateway -> {
          sockets.add(webSocket(gateway));
          downloads.add(download(gateway));
        });
    gateways.values().forEach(TunnelsTest::awaitKnown);
    Instant open = Instant.now();
    staysAwake(open, Duration.ZERO, () -> {});
    gateways.values().forEach(gateway -> assertAwake(gateway, gateway.notes, open, Instant.now()));
    assertThat(sockets).allSatisfy(socket -> assertThat(socket.echo("here")).isEqualTo("here"));
    for (CompletableFuture<Download> ending : downloads) {
      Download download = ending.join();
      assertThat(download.answer().body()).hasSize(ServiceStandIn.DOWNLOAD_BYTES);
      assertThat(Duration.between(download.beganAt(), download.endedAt()))
          .isGreaterThan(IDLE_TIMEOUT);
      assertAwake(
          download.gateway(), download.gateway().files, download.beganAt(), download.endedAt());
    }
    sockets.forEach(ClientConnection::close);
    assertAllFallAsleep();
  }

  @Test
  void aWebSocketWithAWordNowAndThenAndAnEventStreamAreNotCut() {
    List<ClientConnection> sockets = new ArrayList<>();
    List<ClientConnection> streams = new ArrayList<>();
    gateways
        .values()
        .forEach(gateway -> {
          sockets.add(webSocket(gateway));
          streams.add(events(gateway));
        });
    gateways.values().forEach(TunnelsTest::awaitKnown);
    Instant open = Instant.now();
    staysAwake(
        open,
        EACH,
        () -> {
          sockets.forEach(socket -> assertThat(socket.echo("a word")).isEqualTo("a word"));
          streams.forEach(stream -> assertThat(stream.event()).isNotBlank());
        });
    gateways
        .values()
        .forEach(gateway ->
            services(gateway)
                .forEach(service -> assertAwake(gateway, service, open, Instant.now())));
    sockets.forEach(ClientConnection::close);
    streams.forEach(ClientConnection::close);
    assertAllFallAsleep();
  }

  /** On a busy machine the news of what is open may take its time. */
  private static void awaitKnown(RealGateFixture gateway) {
    services(gateway)
        .forEach(service ->
            await(service.name() + " is known to be in use")
                .atMost(WakePath.SOON)
                .until(() ->
                    IN_USE.contains(
                        gateway
                            .path
                            .http()
                            .get("/services/" + service.name() + "/status")
                            .json()
                            .path("next")
                            .path("rule")
                            .asString(""))));
  }

  /** Returns after {@link #OPEN_FOR}, and does something each time a while is over. */
  private static void staysAwake(Instant since, Duration each, Runnable move) {
    await()
        .atMost(WakePath.SOON)
        .pollDelay(each)
        .pollInterval(each.isZero() ? EACH : each)
        .until(() -> {
          move.run();
          return Duration.between(since, Instant.now()).compareTo(OPEN_FOR) > 0;
        });
  }

  /** Beside it, and for longer, the gateway keeps an idle connection of a request. */
  private static ClientConnection webSocket(RealGateFixture gateway) {
    try (ClientConnection before = gateway.client()) {
      gateway.assertAnswers(before, gateway.notes);
    }
    ClientConnection client = gateway.client();
    client.sendUpgrade(gateway.notes.host(), "/socket");
    assertThat(client.answer().status()).isEqualTo(101);
    return client;
  }

  private static CompletableFuture<Download> download(RealGateFixture gateway) {
    // The service is awake before the clock of the test begins.
    try (ClientConnection client = gateway.client()) {
      gateway.assertAnswers(client, gateway.files);
    }
    CompletableFuture<Download> download = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try (ClientConnection client = gateway.client()) {
            Instant began = Instant.now();
            HttpMessage answer = client.get(gateway.files.host(), "/download");
            download.complete(new Download(gateway, answer, began, Instant.now()));
          } catch (RuntimeException | AssertionError e) {
            download.completeExceptionally(e);
          }
        });
    return download;
  }

  private static ClientConnection events(RealGateFixture gateway) {
    ClientConnection client = gateway.client();
    client.send("GET", gateway.files.host(), "/events", "Accept: text/event-stream\r\n");
    HttpMessage head = client.head();
    assertThat(head.status()).isEqualTo(200);
    assertThat(client.event()).isEqualTo("1");
    return client;
  }

  private static void assertAwake(
      RealGateFixture gateway, SleepyService service, Instant since, Instant until) {
    assertThat(gateway.path.changesOf(service.name()))
        .as(service.name())
        .filteredOn(change -> change.at().isAfter(since) && change.at().isBefore(until))
        .extracting(StateChange::to)
        .doesNotContain(RunState.SLEEPING, RunState.STOPPED);
  }

  private static void assertAllFallAsleep() {
    gateways.forEach((gateway, fixture) ->
        services(fixture)
            .forEach(service ->
                await(service.name() + " sleeps")
                    .atMost(WakePath.SOON)
                    .until(() -> last(fixture, service).to() == RunState.SLEEPING)));
  }

  private static StateChange last(RealGateFixture fixture, SleepyService service) {
    return fixture.path.changesOf(service.name()).getLast();
  }
}
