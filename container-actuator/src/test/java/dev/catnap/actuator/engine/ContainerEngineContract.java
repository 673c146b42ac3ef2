package dev.catnap.actuator.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.catnap.actuator.engine.EngineEvent.Kind;
import dev.catnap.events.ServiceDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every engine does alike. */
public abstract class ContainerEngineContract {
  protected static final Duration NO_GRACE = Duration.ZERO;

  private final List<String> made = new ArrayList<>();
  protected ContainerEngine engine;

  protected abstract ContainerEngine newEngine();

  /** Something that runs until it is stopped. */
  protected abstract ServiceDefinition runsForEver(String name);

  @BeforeEach
  void openEngine() {
    engine = newEngine();
  }

  @AfterEach
  void closeEngine() {
    made.forEach(engine::remove);
    engine.close();
  }

  protected String name() {
    String name = "catnap-contract-" + UUID.randomUUID().toString().substring(0, 8);
    made.add(name);
    return name;
  }

  protected String running() {
    String name = created();
    engine.start(name);
    return name;
  }

  private String created() {
    String name = name();
    engine.create(runsForEver(name));
    return name;
  }

  private ContainerStatus status(String name) {
    return engine.inspect(name).status();
  }

  @Test
  void tellsItsNameAndHost() {
    EngineInfo info = engine.info();
    assertThat(info.kind()).isNotBlank();
    assertThat(info.version()).isNotBlank();
    assertThat(info.hostName()).isNotBlank();
  }

  @Test
  void anUnknownContainer_isAbsent() {
    assertThat(engine.inspect("catnap-no-such-container").exists()).isFalse();
  }

  @Test
  void creating_doesNotStart_andTwiceIsOnce() {
    String name = created();
    String id = engine.inspect(name).id();
    assertThat(status(name)).isEqualTo(ContainerStatus.CREATED);
    engine.create(runsForEver(name));
    assertThat(engine.inspect(name).id()).isEqualTo(id);
  }

  @Test
  void whatIsCreated_carriesOurLabels_andIsListed() {
    String name = created();
    assertThat(engine.inspect(name).labels())
        .containsEntry("catnap.managed", "true")
        .containsEntry("catnap.service", name);
    assertThat(engine.list()).extracting(ContainerSnapshot::name).contains(name);
  }

  @Test
  void started_runs_andTwiceIsOnce() {
    String name = running();
    assertThat(status(name)).isEqualTo(ContainerStatus.RUNNING);
    assertThat(engine.inspect(name).address()).isNotNull();
    engine.start(name);
    assertThat(status(name)).isEqualTo(ContainerStatus.RUNNING);
  }

  @Test
  void pausedAndUnpaused_twiceIsOnce() {
    String name = running();
    engine.pause(name);
    engine.pause(name);
    assertThat(status(name)).isEqualTo(ContainerStatus.PAUSED);
    engine.unpause(name);
    engine.unpause(name);
    assertThat(status(name)).isEqualTo(ContainerStatus.RUNNING);
  }

  /** Whether the engine limits what runs; then a snapshot shows the limits. */
  protected boolean limits() {
    return true;
  }

  private void awaitLimits(String name, ContainerStatus status, long mib, double cores) {
    ContainerSnapshot is = engine.inspect(name);
    assertThat(is.status()).isEqualTo(status);
    if (limits()) {
      assertThat(is.memoryLimitBytes()).isEqualTo(mib << 20);
      assertThat(is.cpuLimitCores()).isEqualTo(cores);
    }
  }

  @Test
  void limits_areSetUpAndDown_onWhatRuns_sleeps_andIsDown() {
    String name = running();
    engine.limit(name, new Limits(64L << 20, 0.5));
    awaitLimits(name, ContainerStatus.RUNNING, 64, 0.5);
    engine.limit(name, new Limits(128L << 20, null));
    awaitLimits(name, ContainerStatus.RUNNING, 128, 0.5);
    engine.pause(name);
    engine.limit(name, new Limits(32L << 20, 0.25));
    awaitLimits(name, ContainerStatus.PAUSED, 32, 0.25);
    engine.unpause(name);
    awaitLimits(name, ContainerStatus.RUNNING, 32, 0.25);
    engine.stop(name, NO_GRACE);
    ContainerStatus down = status(name);
    engine.limit(name, new Limits(null, 0.75));
    awaitLimits(name, down, 32, 0.75);
  }

  @Test
  void limits_ofWhatIsNotThere_saySo() {
    assertThatThrownBy(() -> engine.limit("catnap-no-such-container", new Limits(64L << 20, null)))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.NO_SUCH_CONTAINER));
  }

  @Test
  void stopped_fromRunning_startsAgain() {
    String name = running();
    engine.stop(name, NO_GRACE);
    engine.stop(name, NO_GRACE);
    assertThat(engine.inspect(name).isDown()).isTrue();
    engine.start(name);
    assertThat(status(name)).isEqualTo(ContainerStatus.RUNNING);
  }

  @Test
  void stopped_fromPaused_isDown() {
    String name = running();
    engine.pause(name);
    engine.stop(name, Duration.ofSeconds(1));
    assertThat(engine.inspect(name).isDown()).isTrue();
  }

  @Test
  void pausingWhatIsDown_isAConflict() {
    String name = created();
    assertThatThrownBy(() -> engine.pause(name))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.CONFLICT));
  }

  @Test
  void startingWhatIsPaused_isAConflict() {
    String name = running();
    engine.pause(name);
    assertThatThrownBy(() -> engine.start(name))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.CONFLICT));
    assertThat(status(name)).isEqualTo(ContainerStatus.PAUSED);
  }

  @Test
  void actingOnWhatIsNotThere_saysSo() {
    assertThatThrownBy(() -> engine.unpause("catnap-no-such-container"))
        .isInstanceOfSatisfying(
            EngineException.class,
            e -> assertThat(e.kind()).isEqualTo(EngineException.Kind.NO_SUCH_CONTAINER));
  }

  @Test
  void removed_isAbsent_whateverItWas_andTwiceIsOnce() {
    String name = running();
    engine.pause(name);
    engine.remove(name);
    engine.remove(name);
    assertThat(engine.inspect(name).exists()).isFalse();
  }

  @Test
  void events_tellWhatHappens_inOrder_withTimes() {
    List<EngineEvent> events = new CopyOnWriteArrayList<>();
    try (var stream = engine.watch(collecting(events))) {
      String name = created();
      awaitKinds(events, name, Kind.CREATED);
      engine.start(name);
      awaitKinds(events, name, Kind.CREATED, Kind.STARTED);
      engine.pause(name);
      awaitKinds(events, name, Kind.CREATED, Kind.STARTED, Kind.PAUSED);
      engine.unpause(name);
      await().until(() -> kinds(events, name).getLast() == Kind.UNPAUSED);
      engine.stop(name, NO_GRACE);
      await().until(() -> kinds(events, name).getLast() == Kind.DIED);
      engine.remove(name);
      await().until(() -> kinds(events, name).getLast() == Kind.REMOVED);
    }
    assertThat(events).extracting(EngineEvent::at).isSorted();
    assertThat(events).extracting(EngineEvent::id).doesNotHaveDuplicates();
  }

  private static void awaitKinds(List<EngineEvent> events, String name, Kind... kinds) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(kinds(events, name)).containsExactly(kinds));
  }

  private static List<Kind> kinds(List<EngineEvent> events, String name) {
    return events.stream()
        .filter(event -> event.containerName().equals(name))
        .map(EngineEvent::kind)
        .toList();
  }

  private static EngineListener collecting(List<EngineEvent> events) {
    return new EngineListener() {
      @Override
      public void happened(EngineEvent event) {
        events.add(event);
      }

      @Override
      public void lost(String reason) {}
    };
  }

  @Test
  void theNetworkOfWhatRuns_isSilent_andOfWhatIsDown_notToBeSeen() {
    String name = running();
    assertThat(engine.network(engine.inspect(name)).connections()).isZero();
    engine.pause(name);
    assertThat(engine.network(engine.inspect(name)).arriving()).isZero();
    engine.stop(name, NO_GRACE);
    assertThat(engine.network(engine.inspect(name))).isNull();
  }

  /** Whether the engine knows what disk a container holds. */
  protected boolean measuresStorage() {
    return true;
  }

  /** Makes a container that runs hold so much more disk than before. */
  protected abstract void writes(String name, long bytes);

  private @Nullable Long storage(String name) {
    return engine.storage(Duration.ofSeconds(30)).get(name);
  }

  @Test
  void storage_isThatOfAllContainers_whateverTheyDo() {
    String name = running();
    writes(name, 3 << 20);
    if (!measuresStorage()) {
      assertThat(storage(name)).isNull();
      return;
    }
    assertThat(storage(name)).isBetween(3L << 20, 4L << 20);
    engine.pause(name);
    assertThat(storage(name)).isBetween(3L << 20, 4L << 20);
    engine.stop(name, NO_GRACE);
    assertThat(storage(name)).isBetween(3L << 20, 4L << 20);
    engine.remove(name);
    assertThat(storage(name)).isNull();
  }

  @Test
  void usage_isReadWhileItRuns_andNotWhenItIsDown() {
    String name = running();
    UsageReading first = engine.usage(engine.inspect(name));
    assertThat(first).isNotNull();
    await().until(() -> engine.usage(engine.inspect(name)).memoryBytes() > 0);
    engine.pause(name);
    UsageReading asleep = engine.usage(engine.inspect(name));
    assertThat(asleep.run()).isEqualTo(first.run());
    assertThat(asleep.cpuNanos()).isGreaterThanOrEqualTo(first.cpuNanos());
    engine.stop(name, NO_GRACE);
    assertThat(engine.usage(engine.inspect(name))).isNull();
  }
}
