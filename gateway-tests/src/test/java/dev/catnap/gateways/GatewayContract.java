package dev.catnap.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every configuration of {@code deploy/gateways} does, by the gate's name of a service ({@code
 * files}) and by its host ({@code notes}).
 */
abstract class GatewayContract extends GatewayFixture {

  private static final int MANY = 50;

  GatewayContract(Gateway gateway) {
    super(gateway);
  }

  /** Whether a connection that the service refuses is tried again for some seconds. */
  abstract boolean waitsForTheService();

  @ParameterizedTest
  @ValueSource(strings = {FILES, NOTES})
  void aRequestIsHeldUntilTheGateLetsItThrough(String host) {
    gate.hold();
    try (ClientConnection client = client()) {
      client.send("GET", host, "/", "");
      awaitHeld(1);
      assertThat(service(host).seen()).isEmpty();
      gate.release();
      assertThat(client.answer().text()).isEqualTo(host.substring(0, 5));
    }
  }

  @Test
  void fiftyAreHeldAtOnceAndAllAnswered() {
    gate.hold();
    List<ClientConnection> clients = Stream.generate(this::client).limit(MANY).toList();
    clients.forEach(client -> client.send("GET", FILES, "/", ""));
    awaitHeld(MANY);
    gate.release();
    assertThat(clients).allSatisfy(client -> assertThat(client.answer().status()).isEqualTo(200));
    clients.forEach(ClientConnection::close);
  }

  @Test
  void theClientsConnectionOutlivesAHold() {
    try (ClientConnection client = client()) {
      assertThat(client.get(FILES, "/1").status()).isEqualTo(200);
      gate.hold();
      client.send("GET", FILES, "/2", "");
      awaitHeld(1);
      gate.release();
      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(client.get(NOTES, "/3").text()).isEqualTo("notes");
    }
  }

  @Test
  void connectionsToTheGateAndToTheServiceAreUsedAgain() {
    int requests = 40;
    try (ClientConnection client = client()) {
      for (int i = 0; i < requests; i++) {
        assertThat(client.get(FILES, "/" + i).status()).isEqualTo(200);
      }
    }
    assertThat(gate.connectionsUsed()).isLessThan(requests / 4);
    assertThat(files.connectionsUsed()).isLessThan(requests / 4);
  }

  @ParameterizedTest
  @ValueSource(strings = {FILES, NOTES})
  void aBodyArrivesWholeAtTheServiceAndNotAtTheGate(String host) {
    byte[] body = new byte[300_000];
    new Random(7).nextBytes(body);
    try (ClientConnection client = client()) {
      assertThat(client.post(host, "/upload", body).status()).isEqualTo(200);
    }
    assertThat(service(host).last().method()).isEqualTo("POST");
    assertThat(service(host).last().body()).isEqualTo(body);
    assertThat(gate.last().method()).isEqualTo("GET");
    assertThat(gate.last().body()).isEmpty();
    assertThat(gate.last().headers()).containsEntry("X-Forwarded-Method", "POST");
  }

  @ParameterizedTest
  @ValueSource(strings = {FILES, NOTES})
  void theGateIsToldWhatIsAskedForAndTheServiceGetsItUnchanged(String host) {
    String target = "/a%20b/c?timeout=1s&host=other.example.com&mode=page";
    try (ClientConnection client = client()) {
      client.get(host, target);
    }
    assertThat(gate.last().target())
        .isEqualTo(host.equals(FILES) ? "/gate/files?mode=page" : "/gate?mode=page");
    assertThat(gate.last().headers())
        .containsEntry("X-Forwarded-Method", "GET")
        .containsEntry("X-Forwarded-Uri", target)
        .containsEntry("X-Forwarded-Host", host)
        .containsEntry("User-Agent", "catnap-test/1");
    assertThat(gate.last().headers().getOrDefault("X-Forwarded-Upgrade", "")).isEmpty();
    assertThat(service(host).last().target()).isEqualTo(target);
    assertThat(service(host).last().headers()).containsEntry("Host", host);
  }

  @Test
  void theGateSeesTheHeadersByWhichARequestIsMarked() {
    try (ClientConnection client = client()) {
      client.send("GET", FILES, "/", "Accept: text/html\r\nX-Monitor: yes\r\n");
      assertThat(client.answer().status()).isEqualTo(200);
    }
    assertThat(gate.last().headers())
        .containsEntry("Accept", "text/html")
        .containsEntry("X-Monitor", "yes");
  }

  @Test
  void aClientCannotSpeakForTheGateway() {
    try (ClientConnection client = client()) {
      client.send("GET", NOTES, "/", "X-Forwarded-Host: " + FILES + "\r\n");
      client.answer();
    }
    assertThat(gate.last().headers()).containsEntry("X-Forwarded-Host", NOTES);
  }

  @ParameterizedTest
  @ValueSource(strings = {FILES, NOTES})
  void aRefusalReachesTheClientWithItsRetryAfter(String host) {
    gate.answerWith(503);
    try (ClientConnection client = client()) {
      HttpMessage answer = client.get(host, "/");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).hasValue("7");
      assertThat(answer.text()).contains("from the gate");
      assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
      assertThat(answer.header("Cache-Control")).hasValue("no-store");
    }
    assertThat(service(host).seen()).isEmpty();
  }

  @Test
  void anUnknownServiceIs404() {
    gate.answerWith(404);
    try (ClientConnection client = client()) {
      HttpMessage answer = client.get("nobody.example.com", "/");
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.header("Retry-After")).isEmpty();
    }
    assertThat(gate.last().target()).startsWith("/gate?mode=");
  }

  @Test
  void withoutTheGateARunningServiceAnswersAndLaterTheGateIsAskedAgain() {
    gate.stop();
    try (ClientConnection client = client()) {
      assertThat(client.get(FILES, "/").text()).isEqualTo("files");
      assertThat(client.post(NOTES, "/", new byte[] {1, 2, 3}).text()).isEqualTo("notes");
      assertThat(client.get(FILES, "/").text()).isEqualTo("files");
    } finally {
      gate.start();
    }
    assertThat(notes.last().body()).containsExactly(1, 2, 3);
    awaitTheGateIsAsked();
  }

  @Test
  void whoIsHeldWhenTheGateDiesIsLetThrough() {
    gate.hold();
    try (ClientConnection client = client()) {
      client.send("GET", FILES, "/", "");
      awaitHeld(1);
      gate.stop();
      assertThat(client.answer().text()).isEqualTo("files");
    } finally {
      gate.start();
    }
    awaitTheGateIsAsked();
  }

  @Test
  void aServiceThatWasAwayIsAskedAgainAtOnce() {
    files.stop();
    try (ClientConnection client = client()) {
      client.send("GET", FILES, "/", "");
      if (waitsForTheService()) {
        awaitTheGateSawIt();
        files.start();
        assertThat(client.answer().status()).isEqualTo(200);
      } else {
        assertThat(client.answer().status()).isBetween(502, 503);
        files.start();
      }
    }
    try (ClientConnection client = client()) {
      assertThat(client.get(FILES, "/").status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {FILES, NOTES})
  void aWebSocketIsHeldThenOpensAndStaysOpenWhileOthersAreHeld(String host) {
    gate.hold();
    try (ClientConnection socket = client()) {
      socket.sendUpgrade(host, "/socket");
      awaitHeld(1);
      gate.release();
      assertThat(socket.answer().status()).isEqualTo(101);
      assertThat(socket.echo("awake")).isEqualTo("awake");
      assertThat(gate.last().header("Upgrade")).isEmpty();
      assertThat(gate.last().header("X-Forwarded-Upgrade")).hasValue("websocket");

      gate.hold();
      List<ClientConnection> others = Stream.generate(this::client).limit(MANY).toList();
      others.forEach(other -> other.send("GET", host, "/", ""));
      awaitHeld(MANY);
      assertThat(socket.echo("still here")).isEqualTo("still here");
      gate.release();
      others.forEach(other -> assertThat(other.answer().status()).isEqualTo(200));
      others.forEach(ClientConnection::close);
      assertThat(socket.echo("and after")).isEqualTo("and after");
    }
  }
}
