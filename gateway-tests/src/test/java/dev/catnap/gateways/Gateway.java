package dev.catnap.gateways;

import dev.catnap.testkit.Programs;
import java.nio.file.Path;
import java.util.List;

/** A gateway that is run, with its directory below {@code deploy/gateways}. */
enum Gateway {
  NGINX("nginx", "nginx"),
  CADDY("caddy", "caddy"),
  HAPROXY("haproxy", "haproxy"),
  APACHE("apache", "apache2");

  private final String directory;
  private final String program;

  Gateway(String directory, String program) {
    this.directory = directory;
    this.program = program;
  }

  String directory() {
    return directory;
  }

  /** As its file says it is run, but nothing is written outside the directory. */
  List<String> command(Path configuration) {
    String here = configuration.toString();
    String executable = Programs.find(program).orElseThrow().toString();
    return switch (this) {
      case NGINX ->
          List.of(
              executable,
              "-c",
              here + "/nginx.conf",
              "-g",
              "daemon off; pid %s/nginx.pid;".formatted(here));
      case CADDY ->
          List.of(executable, "run", "--config", here + "/Caddyfile", "--adapter", "caddyfile");
      case HAPROXY -> List.of(executable, "-db", "-f", "haproxy.cfg");
      case APACHE ->
          List.of(
              executable,
              "-d",
              here,
              "-f",
              "httpd.conf",
              "-c",
              "PidFile %s/apache.pid".formatted(here),
              "-DFOREGROUND");
    };
  }
}
