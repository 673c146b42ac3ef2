package dev.catnap.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.allinone.cli.RunOptions.ManagedKind;
import dev.catnap.allinone.up.CatnapProcess;
import dev.catnap.allinone.up.Progress;
import dev.catnap.allinone.up.RunPlan;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.docker.DockerEngine;
import dev.catnap.testkit.docker.Workloads;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A whole Catnap in this JVM, on a free port and data of its own. */
public final class CatnapFixture implements AutoCloseable {
  private final CatnapProcess process;
  private final HttpProbe http;

  private CatnapFixture(CatnapProcess process) {
    this.process = process;
    this.http = new HttpProbe(process.address().toString());
  }

  public static CatnapFixture withProcesses(Path data, @Nullable Path services) {
    return withProcesses(data, services, Map.of());
  }

  /** With settings of its own. */
  public static CatnapFixture withProcesses(
      Path data, @Nullable Path services, Map<String, String> settings) {
    return start(data, services, ManagedKind.PROCESS, null, settings);
  }

  /** Manages no other labelled containers than those of this JVM's tests. */
  public static CatnapFixture withDocker(Path data) {
    return withDocker(data, Map.of());
  }

  /** With settings of its own. */
  public static CatnapFixture withDocker(Path data, Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put(
        "catnap.container-actuator.required-labels[" + Workloads.LABEL + "]", Workloads.runId());
    return start(data, null, ManagedKind.DOCKER, DockerEngine.get().host(), all);
  }

  private static CatnapFixture start(
      Path data,
      @Nullable Path services,
      ManagedKind runtime,
      @Nullable String dockerHost,
      Map<String, String> settings) {
    RunPlan plan =
        new RunPlan("127.0.0.1", 0, data, services, runtime, dockerHost, null, null, settings);
    return new CatnapFixture(CatnapProcess.start(plan, new RecordedProgress()));
  }

  public URI address() {
    return process.address();
  }

  public CatnapProcess process() {
    return process;
  }

  public HttpProbe http() {
    return http;
  }

  /** The state of a service as the API tells it; empty while it is not known. */
  public String state(String service) {
    HttpProbe.Answer answer = http.get("/services/" + service + "/status");
    return answer.status() == 200 ? answer.json().path("state").asString("") : "";
  }

  public void awaitState(String service, String state, Duration limit) {
    Awaitility.await(service + " is " + state)
        .atMost(limit)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> assertThat(state(service)).isEqualTo(state));
  }

  public JsonNode get(String path) {
    HttpProbe.Answer answer = http.get(path);
    if (answer.status() != 200) {
      throw new AssertionError(path + ": " + answer.status() + " " + answer.body());
    }
    return answer.json();
  }

  @Override
  public void close() {
    http.close();
    process.close();
  }

  /** Remembers what a person would have read. */
  public static final class RecordedProgress implements Progress {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void info(String part, String text) {
      lines.add(part + ": " + text);
    }

    @Override
    public void up(String part, Duration took, String text) {
      lines.add(part + " up: " + text);
    }

    @Override
    public void ready(URI address, Duration took) {
      lines.add("ready " + address);
    }

    public List<String> lines() {
      return lines;
    }
  }
}
