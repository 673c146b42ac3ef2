package dev.catnap.allinone;

import dev.catnap.testkit.FreePorts;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.Programs;
import dev.catnap.testkit.TemporaryDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * Debian's nginx before services that sleep: {@code auth_request} asks Catnap's gate, and each
 * service is found below its name.
 */
final class NginxGateway implements AutoCloseable {
  private static final String SERVICE =
      """
          location /%1$s/ { auth_request /_gate/%1$s; proxy_pass http://%1$s/; }
          location = /_gate/%1$s {
            internal;
            proxy_pass http://catnap/gate/%1$s;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_pass_request_body off;
            proxy_set_header Content-Length "";
            proxy_read_timeout 120s;
          }
      """;

  private final Process process;
  private final URI address;

  private NginxGateway(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /**
   * @param servicePorts where each service listens on 127.0.0.1 when it is awake
   */
  static NginxGateway start(URI catnap, Map<String, Integer> servicePorts) throws IOException {
    Path prefix = TemporaryDirectory.create("nginx");
    int port = FreePorts.one();
    Path configuration = prefix.resolve("nginx.conf");
    Files.writeString(configuration, configuration(catnap, servicePorts, port));
    Process process =
        new ProcessBuilder(
                Programs.find("nginx").orElseThrow().toString(),
                "-p",
                prefix.toString(),
                "-c",
                configuration.toString(),
                "-e",
                "stderr")
            .redirectErrorStream(true)
            .redirectOutput(prefix.resolve("nginx.log").toFile())
            .start();
    NginxGateway gateway = new NginxGateway(process, URI.create("http://127.0.0.1:" + port));
    gateway.awaitListening();
    return gateway;
  }

  private static String configuration(URI catnap, Map<String, Integer> servicePorts, int port) {
    StringBuilder upstreams = new StringBuilder();
    StringBuilder locations = new StringBuilder();
    servicePorts.forEach((service, servicePort) -> {
      upstreams.append("  upstream %s { server 127.0.0.1:%d; }\n".formatted(service, servicePort));
      locations.append(SERVICE.formatted(service));
    });
    return """
    daemon off;
    master_process off;
    pid nginx.pid;
    error_log stderr;
    events { worker_connections 512; }
    http {
      access_log off;
      client_body_temp_path body;
      proxy_temp_path proxy;
      fastcgi_temp_path fastcgi;
      uwsgi_temp_path uwsgi;
      scgi_temp_path scgi;
      upstream catnap { server %s:%d; keepalive 16; }
    %s
      server {
        listen 127.0.0.1:%d;
        location = / { return 204; }
    %s
      }
    }
    """
        .formatted(catnap.getHost(), catnap.getPort(), upstreams, port, locations);
  }

  private void awaitListening() {
    try (HttpProbe probe = probe()) {
      Awaitility.await("nginx answers")
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .until(() -> probe.get("/").status() == 204);
    }
  }

  HttpProbe probe() {
    return new HttpProbe(address.toString());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
