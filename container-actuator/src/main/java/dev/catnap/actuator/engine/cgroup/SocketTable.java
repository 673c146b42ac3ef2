package dev.catnap.actuator.engine.cgroup;

import dev.catnap.actuator.engine.NetworkReading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;

/**
 * The TCP sockets of a network, as {@code /proc/<pid>/net/tcp} and {@code tcp6} list them.
 *
 * <pre>
 *  sl  local_address rem_address   st tx_queue:rx_queue ... inode
 *   0: 020011AC:1F90 010011AC:9AF2 01 00000000:00000012 ... 0
 * </pre>
 *
 * A connection that nobody accepted yet has inode 0. One whose other side has closed it counts for
 * nothing: there is nobody to answer.
 */
public final class SocketTable {
  private static final int ESTABLISHED = 0x01;
  private static final int SYN_RECEIVED = 0x03;
  private static final int LISTENING = 0x0A;

  /** A row of the table. */
  private record Socket(
      int localPort, boolean fromLoopback, int state, long unsent, long unread, long inode) {}

  private final List<Socket> sockets;

  private SocketTable(List<Socket> sockets) {
    this.sockets = sockets;
  }

  /**
   * @param process directory of a process in that network, such as {@code /proc/4711}
   */
  public static SocketTable read(Path process) {
    List<String> lines = new ArrayList<>(CgroupFiles.lines(process.resolve("net/tcp")));
    lines.addAll(CgroupFiles.lines(process.resolve("net/tcp6")));
    return parse(lines);
  }

  /** Lines that are no sockets, such as the headings, are passed over. */
  static SocketTable parse(List<String> lines) {
    List<Socket> sockets = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.strip().split("\\s+");
      if (words.length > 9 && words[0].endsWith(":")) {
        sockets.add(socket(words));
      }
    }
    return new SocketTable(sockets);
  }

  private static Socket socket(String[] words) {
    String[] queues = words[4].split(":");
    return new Socket(
        Integer.parseInt(words[1].substring(words[1].indexOf(':') + 1), 16),
        isLoopback(words[2].substring(0, words[2].indexOf(':'))),
        Integer.parseInt(words[3], 16),
        Long.parseLong(queues[0], 16),
        Long.parseLong(queues[1], 16),
        CgroupFiles.number(words[9]));
  }

  /** Words of 4 bytes are in the machine's order: 127.0.0.1 is {@code 0100007F}. */
  private static boolean isLoopback(String address) {
    boolean version4 = address.length() == 8 || address.startsWith("0000000000000000FFFF0000");
    return version4 ? address.endsWith("7F") : address.equals("00000000000000000000000001000000");
  }

  /**
   * The connections to ports that are listened on.
   *
   * @param listener whether the owner of the socket with that inode counts; in a network of its own
   *     every one does
   * @param loopbackToo whether connections of a network with itself count; where they are health
   *     checks they must not
   */
  public Connections inbound(LongPredicate listener, boolean loopbackToo) {
    Set<Integer> ports = new HashSet<>();
    for (Socket socket : sockets) {
      if (socket.state() == LISTENING && listener.test(socket.inode())) {
        ports.add(socket.localPort());
      }
    }
    int established = 0;
    int arriving = 0;
    int unread = 0;
    int unsent = 0;
    for (Socket socket : sockets) {
      if (!ports.contains(socket.localPort()) || (socket.fromLoopback() && !loopbackToo)) {
        continue;
      }
      boolean connected = socket.state() == ESTABLISHED;
      boolean accepted = connected && socket.inode() != 0;
      established += connected ? 1 : 0;
      arriving += (connected && !accepted) || socket.state() == SYN_RECEIVED ? 1 : 0;
      unread += accepted && socket.unread() > 0 ? 1 : 0;
      unsent += accepted && socket.unsent() > 0 ? 1 : 0;
    }
    return new Connections(established, arriving, unread, unsent);
  }

  /** How many connections, as {@link NetworkReading} counts them. */
  public record Connections(int established, int arriving, int unread, int unsent) {
    /**
     * @param bytes what went over the interfaces, 0 where it is not known
     */
    public NetworkReading reading(long bytes) {
      return new NetworkReading(bytes, established, arriving, unread, unsent);
    }
  }
}
