package dev.catnap.allinone.doctor;

import dev.catnap.allinone.host.EngineProbe;
import java.util.ArrayList;
import java.util.List;

/** Checks of the Docker engine. */
final class DockerChecks {
  /** API 1.40 is Docker 19.03; older engines were not tried. */
  private static final int OLDEST_MINOR = 40;

  private DockerChecks() {}

  static List<Finding> of(EngineProbe.Finding engine) {
    if (!engine.answers()) {
      return List.of(
          Finding.warn(
              "docker",
              "no engine answers at " + engine.host() + ": " + engine.problem(),
              "start one (systemctl start docker), join its group, or say where it is with"
                  + " --docker-host; without one Catnap manages local processes"));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(version(engine));
    findings.add(Finding.ok("cgroup", "version " + engine.cgroupVersion()));
    if (!engine.liveRestore()) {
      findings.add(
          Finding.warn(
              "live-restore",
              "off: sleepers die with the engine when it is restarted",
              "set \"live-restore\": true in /etc/docker/daemon.json"));
    }
    return findings;
  }

  private static Finding version(EngineProbe.Finding engine) {
    String text =
        "engine %s, API %s, at %s".formatted(engine.version(), engine.apiVersion(), engine.host());
    return minor(engine.apiVersion()) >= OLDEST_MINOR
        ? Finding.ok("docker", text)
        : Finding.warn("docker", text, "use Docker 19.03 or newer");
  }

  private static int minor(String apiVersion) {
    String minor = apiVersion.substring(apiVersion.indexOf('.') + 1);
    return minor.matches("\\d{1,6}") ? Integer.parseInt(minor) : 0;
  }
}
