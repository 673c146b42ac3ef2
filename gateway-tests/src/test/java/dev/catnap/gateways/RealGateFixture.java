package dev.catnap.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.testkit.FreePorts;
import java.util.List;
import java.util.Map;

/**
 * A gateway on the files of {@code deploy/gateways} between clients and the {@link WakePath}, with
 * two services that bear its name: {@code files} by the gate's path, {@code notes} by its host.
 */
final class RealGateFixture implements AutoCloseable {

  final WakePath path = WakePath.shared();
  final SleepyService files;
  final SleepyService notes;
  private final GatewayProcess process;
  private final int listens;

  RealGateFixture(Gateway gateway) {
    List<Integer> ports = FreePorts.many(4);
    listens = ports.get(0);
    files = new SleepyService("files-" + gateway.directory(), ports.get(1));
    notes = new SleepyService("notes-" + gateway.directory(), ports.get(2));
    process =
        new GatewayProcess(
            gateway,
            Map.of(
                8080, listens,
                9000, path.port(),
                8021, files.port(),
                8022, notes.port(),
                9099, ports.get(3)),
            Map.of("files", files.name(), "notes", notes.name()),
            listens);
  }

  ClientConnection client() {
    return new ClientConnection(listens);
  }

  /** An answer of the service itself. */
  void assertAnswers(ClientConnection client, SleepyService service) {
    assertAnswered(client.get(service.host(), "/"), service);
  }

  void assertAnswered(HttpMessage answer, SleepyService service) {
    assertThat(answer.status()).as(() -> answer.text() + process.output()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo(service.name());
  }

  @Override
  public void close() {
    process.close();
    files.forget(path);
    notes.forget(path);
  }
}
