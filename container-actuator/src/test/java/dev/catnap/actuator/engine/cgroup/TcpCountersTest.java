package dev.catnap.actuator.engine.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TcpCountersTest {
  private static final String ONE =
      "   1: 020011AC:1F90 010011AC:9AF2 01 00000000:00000000 00:0 0 0 0 7 1 0 20 4 30 10 -1\n";
  private static final String LISTENER =
      "   0: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:0 0 0 0 5 1 0 20 4 30 10 -1\n";

  @TempDir Path proc;

  private final ConnectionCounts counts = new ConnectionCounts();

  @BeforeEach
  void aProcess() throws IOException {
    Files.createDirectories(proc.resolve("42/net"));
    Files.writeString(proc.resolve("procs"), "42\n");
  }

  private int countedWith(int passiveOpens, int established, String table) throws IOException {
    Files.writeString(
        proc.resolve("42/net/snmp"),
        "Ip: Forwarding\nIp: 1\nTcp: RtoMin ActiveOpens PassiveOpens CurrEstab\nTcp: 200 0 "
            + passiveOpens
            + " "
            + established
            + "\n");
    Files.writeString(proc.resolve("42/net/tcp"), LISTENER + table);
    return counts.established("run", ContainerNetwork.of(proc, proc.resolve("procs")));
  }

  @Test
  void theValues_areFoundByTheirNames() {
    assertThat(
            TcpCounters.parse(
                List.of("Tcp: CurrEstab PassiveOpens ActiveOpens", "Tcp: 3 2 1", "Udp: 9")))
        .isEqualTo(new TcpCounters(1, 2, 3));
    assertThat(TcpCounters.parse(List.of())).isNull();
  }

  @Test
  void withNoneEstablished_theTableIsNotRead() throws IOException {
    assertThat(countedWith(9, 0, ONE)).isZero();
  }

  @Test
  void theTableIsReadAgain_onlyWhereTheCountersMoved() throws IOException {
    assertThat(countedWith(1, 1, ONE)).isEqualTo(1);
    assertThat(countedWith(1, 1, ONE + ONE)).isEqualTo(1);
    assertThat(countedWith(2, 1, ONE + ONE)).isEqualTo(2);
    assertThat(countedWith(2, 2, ONE)).isEqualTo(1);
  }
}
