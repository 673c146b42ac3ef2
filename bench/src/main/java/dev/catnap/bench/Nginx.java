package dev.catnap.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real nginx with {@code auth_request} on the gate, one host name a service. */
final class Nginx implements AutoCloseable {
  private static final int STOP_WITHIN_SECONDS = 5;
  private static final Duration LISTENS_WITHIN = Duration.ofSeconds(15);

  private final Process process;

  private Nginx(Process process) {
    this.process = process;
  }

  /**
   * @param backends service to {@code address:port}
   * @param gate {@code address:port} of Catnap; null for a gateway without a gate
   */
  static Nginx start(Path directory, int port, Map<String, String> backends, @Nullable String gate)
      throws IOException {
    return run(directory, configuration(directory, port, backends, gate));
  }

  /** One that answers everything with the same short text. */
  static Nginx answering(Path directory, int port) throws IOException {
    String server =
        "  server { listen 127.0.0.1:%d; location / { return 200 \"ok\"; } }%n}%n".formatted(port);
    return run(directory, head(directory) + server);
  }

  private static Nginx run(Path directory, String text) throws IOException {
    Files.createDirectories(directory);
    Path configuration = directory.resolve("nginx.conf");
    Files.writeString(configuration, text);
    Process process =
        new ProcessBuilder("nginx", "-p", directory.toString(), "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("nginx.out").toFile())
            .start();
    return new Nginx(process);
  }

  private static String configuration(
      Path directory, int port, Map<String, String> backends, @Nullable String gate) {
    StringBuilder text = new StringBuilder(head(directory));
    if (gate != null) {
      text.append(
          "  upstream catnap { server %s; keepalive 64; keepalive_requests 1000000; }\n"
              .formatted(gate));
    }
    backends.forEach(
        (service, backend) -> text.append(server(port, service, backend, gate != null)));
    return text.append("}\n").toString();
  }

  private static String head(Path directory) {
    return """
    daemon off;
    user root;
    worker_processes 1;
    pid %1$s/nginx.pid;
    error_log %1$s/error.log warn;
    events { worker_connections 4096; }
    http {
      access_log off;
      client_body_temp_path %1$s/body;
      proxy_temp_path %1$s/proxy;
      fastcgi_temp_path %1$s/fastcgi;
      uwsgi_temp_path %1$s/uwsgi;
      scgi_temp_path %1$s/scgi;
      keepalive_requests 1000000;
    """
        .formatted(directory);
  }

  private static String server(int port, String service, String backend, boolean gated) {
    String gate =
        """
            location = /_gate {
              internal;
              proxy_pass http://catnap/gate/%s;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_pass_request_body off;
              proxy_set_header Content-Length "";
              proxy_read_timeout 120s;
            }
        """
            .formatted(service);
    return """
      upstream %1$s { server %2$s; keepalive 64; keepalive_requests 1000000; }
      server {
        listen 127.0.0.1:%3$d;
        server_name %1$s;
        location / {
          %4$s
          proxy_pass http://%1$s;
          proxy_http_version 1.1;
          proxy_set_header Connection "";
        }
    %5$s  }
    """
        .formatted(service, backend, port, gated ? "auth_request /_gate;" : "", gated ? gate : "");
  }

  /** Returns once it listens. */
  Nginx awaitListening(int port) throws InterruptedException {
    long end = System.nanoTime() + LISTENS_WITHIN.toNanos();
    while (!listens(port)) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("nginx does not listen within " + LISTENS_WITHIN);
      }
      Thread.sleep(Duration.ofMillis(20));
    }
    return this;
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
