package dev.catnap.actuator.engine.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.actuator.engine.cgroup.SocketTable.Connections;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows as a kernel 6.18 wrote them, of a paused web server on port 8080. */
class SocketTableTest {
  private static final String HEADING =
      "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout"
          + " inode";
  private static final String LISTENER = row("00000000:1F90", "00000000:0000", "0A", 0, 3, 646593);
  private static final String OURS = "020011AC:1F90";
  private static final String GATEWAY = "010011AC:9AF2";

  private final List<String> lines = new ArrayList<>(List.of(HEADING, LISTENER));

  private static String row(
      String local, String remote, String state, int unsent, int unread, long inode) {
    return "   1: %s %s %s %08X:%08X 00:00000000 00000000     0        0 %d 1 0000 20 4 30 10 -1"
        .formatted(local, remote, state, unsent, unread, inode);
  }

  private Connections with(String local, String remote, String state, int tx, int rx, long inode) {
    lines.add(row(local, remote, state, tx, rx, inode));
    return SocketTable.parse(lines).inbound(any -> true, false);
  }

  @Test
  void aListener_isNoConnection() {
    assertThat(SocketTable.parse(lines).inbound(any -> true, false))
        .isEqualTo(new Connections(0, 0, 0, 0));
  }

  @Test
  void anIdleConnection_isEstablished_andNoMore() {
    assertThat(with(OURS, GATEWAY, "01", 0, 0, 7)).isEqualTo(new Connections(1, 0, 0, 0));
  }

  @Test
  void oneNotAcceptedYet_isArriving_withItsRequestOrWithout() {
    assertThat(with(OURS, GATEWAY, "01", 0, 18, 0)).isEqualTo(new Connections(1, 1, 0, 0));
    assertThat(with(OURS, GATEWAY, "01", 0, 0, 0)).isEqualTo(new Connections(2, 2, 0, 0));
    assertThat(with(OURS, GATEWAY, "03", 0, 0, 0)).isEqualTo(new Connections(2, 3, 0, 0));
  }

  @Test
  void bytesInFlight_areToldApart() {
    assertThat(with(OURS, GATEWAY, "01", 0, 18, 7)).isEqualTo(new Connections(1, 0, 1, 0));
    assertThat(with(OURS, GATEWAY, "01", 18, 0, 8)).isEqualTo(new Connections(2, 0, 1, 1));
  }

  @Test
  void oneThatTheOtherSideClosed_countsForNothing() {
    assertThat(with(OURS, GATEWAY, "08", 0, 1, 0)).isEqualTo(new Connections(0, 0, 0, 0));
    assertThat(with(OURS, GATEWAY, "06", 0, 0, 0)).isEqualTo(new Connections(0, 0, 0, 0));
  }

  @Test
  void itsOwnConnectionsElsewhere_andItsHealthChecks_areNotFromOutside() {
    assertThat(with("020011AC:9AF2", "030011AC:1538", "01", 0, 0, 7).established()).isZero();
    assertThat(with("0100007F:1F90", "0100007F:9AF2", "01", 0, 0, 7).established()).isZero();
    String v6 = "00000000000000000000000001000000";
    assertThat(with(v6 + ":1F90", v6 + ":9AF2", "01", 0, 0, 7).established()).isZero();
    String mapped = "0000000000000000FFFF0000";
    assertThat(
            with(mapped + "0100007F:1F90", mapped + "0100007F:9AF2", "01", 0, 0, 7).established())
        .isZero();
    assertThat(SocketTable.parse(lines).inbound(any -> true, true).established()).isEqualTo(3);
    assertThat(
            with(mapped + "020011AC:1F90", mapped + "010011AC:9AF2", "01", 0, 0, 7).established())
        .isEqualTo(1);
  }

  @Test
  void portsThatOthersListenOn_areNotIts() {
    with(OURS, GATEWAY, "01", 0, 0, 7);
    assertThat(SocketTable.parse(lines).inbound(inode -> inode == 1, true).established()).isZero();
    assertThat(SocketTable.parse(lines).inbound(inode -> inode == 646593, true).established())
        .isEqualTo(1);
  }
}
