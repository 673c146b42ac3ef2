package dev.catnap.actuator.engine.cgroup;

import java.util.List;

/** What went over the interfaces of a network, its loopback aside. */
record NetworkCounters(long receivedBytes, long sentBytes) {
  static final NetworkCounters NONE = new NetworkCounters(0, 0);

  /** Lines such as {@code eth0: 1296 16 0 0 0 0 0 0 726 9 0 0 0 0 0 0}. */
  static NetworkCounters sum(List<String> lines) {
    long received = 0;
    long sent = 0;
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon < 0 || line.substring(0, colon).strip().equals("lo")) {
        continue;
      }
      String[] numbers = line.substring(colon + 1).strip().split("\\s+");
      if (numbers.length > 8) {
        received += CgroupFiles.number(numbers[0]);
        sent += CgroupFiles.number(numbers[8]);
      }
    }
    return new NetworkCounters(received, sent);
  }
}
