package dev.catnap.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.testkit.FreePorts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A gateway between clients on one side, a stand-in of the gate and two services on the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GatewayFixture {

  static final String FILES = "files.example.com";
  static final String NOTES = "notes.example.com";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<Integer> ports = FreePorts.many(5);
  private final int listens = ports.get(0);
  final GateStandIn gate = new GateStandIn(ports.get(1));
  final ServiceStandIn files = new ServiceStandIn("files", ports.get(2));
  final ServiceStandIn notes = new ServiceStandIn("notes", ports.get(3));
  private final Gateway gateway;
  private GatewayProcess process;

  GatewayFixture(Gateway gateway) {
    this.gateway = gateway;
  }

  @BeforeAll
  void run() {
    Stream.of(gate, files, notes).forEach(StandInServer::start);
    process =
        new GatewayProcess(
            gateway,
            Map.of(
                8080, listens,
                9000, ports.get(1),
                8021, ports.get(2),
                8022, ports.get(3),
                9099, ports.get(4)),
            listens);
    awaitTheGateIsAsked();
  }

  @AfterAll
  void end() {
    if (process != null) {
      process.close();
    }
    Stream.of(gate, files, notes).forEach(StandInServer::close);
  }

  @BeforeEach
  void forgetWhatWas() {
    Stream.of(gate, files, notes).forEach(StandInServer::forget);
  }

  @AfterEach
  void letAllGo() {
    gate.release();
  }

  ClientConnection client() {
    return new ClientConnection(listens);
  }

  ServiceStandIn service(String host) {
    return host.equals(FILES) ? files : notes;
  }

  void awaitHeld(int requests) {
    eventually(() -> assertThat(gate.held()).as(process::output).isEqualTo(requests));
  }

  void awaitTheGateIsAsked() {
    eventually(() -> assertThat(asksTheGate()).as(process::output).isTrue());
  }

  void awaitTheGateSawIt() {
    eventually(() -> assertThat(gate.seen()).as(process::output).isNotEmpty());
  }

  private static void eventually(ThrowingRunnable assertion) {
    await().atMost(PATIENCE).untilAsserted(assertion);
  }

  private boolean asksTheGate() {
    gate.forget();
    try (ClientConnection client = client()) {
      client.get(FILES, "/");
    }
    return !gate.seen().isEmpty();
  }
}
