package dev.catnap.testkit.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Volume;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A container to be. Set what matters to the test, then {@link #create} or {@link #start}. */
public final class WorkloadPlan {

  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final double CPU_PERIOD_MICROS = 100_000;

  private final Map<String, String> labels = new HashMap<>();
  private final List<Bind> binds = new ArrayList<>();
  private final HostConfig host = new HostConfig();
  private String image;
  private String name = "catnap-test-%s-%d".formatted(Workloads.runId(), COUNT.incrementAndGet());
  private List<String> command = List.of();
  private int port = BusyboxImage.HTTP_PORT;
  private @Nullable Integer stopGraceSeconds;

  WorkloadPlan(String image) {
    this.image = image;
    labels.put(Workloads.LABEL, Workloads.runId());
  }

  /** Default: a name that no other container has. */
  public WorkloadPlan named(String name) {
    this.name = name;
    return this;
  }

  public WorkloadPlan image(String image) {
    this.image = image;
    return this;
  }

  /** Default: the image's own command. */
  public WorkloadPlan command(String... command) {
    this.command = List.of(command);
    return this;
  }

  /** A shell command line, run by {@code sh -c}. */
  public WorkloadPlan shell(String line) {
    return command("/bin/sh", "-c", line);
  }

  public WorkloadPlan label(String key, String value) {
    labels.put(key, value);
    return this;
  }

  /** The limit in bytes, 6 MB at least. Default: none. */
  public WorkloadPlan memory(long bytes) {
    host.withMemory(bytes);
    return this;
  }

  /** The limit in cores, for example 0.25. Default: none. */
  public WorkloadPlan cpus(double cores) {
    host.withCpuPeriod((long) CPU_PERIOD_MICROS);
    host.withCpuQuota((long) (cores * CPU_PERIOD_MICROS));
    return this;
  }

  /** The port that the command listens on within the container. Default: 8080. */
  public WorkloadPlan listensOn(int port) {
    this.port = port;
    return this;
  }

  /** Makes the listening port reachable at this port of 127.0.0.1. Default: not published. */
  public WorkloadPlan published(int hostPort) {
    host.withPortBindings(PortBinding.parse("127.0.0.1:%d:%d".formatted(hostPort, port)));
    return this;
  }

  /** How long a stop waits before it kills, in seconds. Default: the engine's 10. */
  public WorkloadPlan stopGrace(int seconds) {
    this.stopGraceSeconds = seconds;
    return this;
  }

  /** Mounts a volume at this path of the container. Several plans may have one volume. */
  public WorkloadPlan volume(TestVolume volume, String path) {
    return mount(volume.name(), path);
  }

  /** Mounts a directory of the host at this path of the container. */
  public WorkloadPlan bind(Path directory, String path) {
    return mount(directory.toString(), path);
  }

  private WorkloadPlan mount(String source, String path) {
    binds.add(new Bind(source, new Volume(path)));
    host.withBinds(binds);
    return this;
  }

  /** Creates the container without starting it. */
  public Workload create() {
    DockerClient client = Workloads.client();
    CreateContainerCmd create =
        client
            .createContainerCmd(image)
            .withName(name)
            .withLabels(labels)
            .withExposedPorts(ExposedPort.tcp(port))
            .withHostConfig(host);
    if (!command.isEmpty()) {
      create.withCmd(command);
    }
    if (stopGraceSeconds != null) {
      create.withStopTimeout(stopGraceSeconds);
    }
    return new Workload(client, create.exec().getId(), port);
  }

  /** Creates and starts the container; it may not listen yet, see {@link Workload#awaitHttp}. */
  public Workload start() {
    Workload workload = create();
    workload.start();
    return workload;
  }
}
