package dev.catnap.actuator;

import dev.catnap.actuator.engine.docker.DockerSettings;
import dev.catnap.actuator.transition.execution.ExecutionSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of container-actuator. Durations are like {@code 500ms}, {@code 10s}, {@code 5m}.
 *
 * @param runtime {@code docker}; {@code process} for local processes; {@code memory} to try without
 *     touching anything. Default docker
 * @param dockerHost the engine's socket, {@code unix://} or {@code tcp://}. Default the
 *     environment's DOCKER_HOST, else {@code unix:///var/run/docker.sock}
 * @param host what this host is called in events. Default the engine's own name for it
 * @param createUnassigned whether services that name no host are created here. Default true
 * @param requiredLabels a labelled container must carry these as well to be ours. Default none
 * @param concurrency calls that the engine gets at once, 1 to 64. Default 4
 * @param callTimeout for one call to the engine. Default 20s
 * @param pullTimeout for fetching one image. Default 5m
 * @param announceTimeout how long the broker may take to have the announcement of a sleep; after it
 *     the sleep is given up. Default 5s
 * @param sleepLook between announcing a sleep and pausing: whoever comes in that time keeps it
 *     awake; longer only delays the pause, as a request after it merely waits for its wake. Default
 *     20ms
 * @param sleepNoiseBytes more than this over a container's network between announcement and act,
 *     and somebody came, 0 or more. Default 160, between a keep-alive probe and the smallest
 *     request
 * @param stopGrace between announcing a stop and stopping, for gates to see it. Default 250ms
 * @param stopDrain how long a stop by hand waits for connections on which something moves; then it
 *     stops all the same. Other stops are given up instead. Default 10s
 * @param reclaim whether the memory of a sleeper is taken back after the pause, down to its {@code
 *     sleep_policy.memory_reservation}. Without swap that is its file cache only. Default true
 * @param reclaimTimeout how long that may take before it is left at what was got; a wake ends it at
 *     once. Default 5s
 * @param restarts how often a container that dies by itself while it should run is started again
 *     within {@code restartWindow}, before it is FAILED until somebody asks for it; 0: never.
 *     Default 5
 * @param restartWindow in which restarts are counted. Default 10m
 * @param restartPause before the first restart; doubles with each. Default 1s
 * @param restartLongestPause what that pause grows to. Default 60s
 * @param dependencyTimeout how long a wake waits for what the service depends on. Default 30s
 * @param wakeMaxAge older wakes are not carried out. Default 10m
 * @param commandMaxAge older sleeps and stops are not carried out. Default 60s
 * @param sampleInterval between two samples of a running container; sleepers are sampled at every
 *     twelfth. Default 5s
 * @param storageInterval between two measures of the disk that containers hold, stopped ones too;
 *     the engine walks the disk for each. 0: never. Default 10m
 * @param storageTimeout how long one may take, 1 s to 10 min; then it is given up until the next.
 *     Default 60s
 * @param compareInterval how often everything is listed and compared, although nothing was missed.
 *     Default 60s
 * @param withdrawAfter how long a service that labels define outlives its last container, seen at
 *     comparisons; 0 to 1 day. Default 60s
 * @param processDirectory where the process runtime keeps records and logs. Default {@code
 *     data/processes}
 * @param logMaxSize of one log file of a created container, in Docker's notation. Default 10m
 * @param logMaxFiles log files of a created container. Default 3
 */
@Validated
@ConfigurationProperties("catnap.container-actuator")
public record ContainerActuatorSettings(
    @DefaultValue("docker") @NotNull Runtime runtime,
    @DefaultValue(DockerSettings.DEFAULT_HOST) @NotBlank String dockerHost,
    @Nullable String host,
    @DefaultValue("true") boolean createUnassigned,
    @DefaultValue Map<String, String> requiredLabels,
    @DefaultValue("4") @Min(1) @Max(64) int concurrency,
    @DefaultValue("20s") @DurationMin(millis = 100) Duration callTimeout,
    @DefaultValue("5m") @DurationMin(seconds = 1) Duration pullTimeout,
    @DefaultValue("5s") @DurationMin(millis = 100) Duration announceTimeout,
    @DefaultValue("20ms") @DurationMin @DurationMax(seconds = 10) Duration sleepLook,
    @DefaultValue("160") @Min(0) long sleepNoiseBytes,
    @DefaultValue("250ms") @DurationMin Duration stopGrace,
    @DefaultValue("10s") @DurationMin @DurationMax(seconds = 300) Duration stopDrain,
    @DefaultValue("true") boolean reclaim,
    @DefaultValue("5s") @DurationMin @DurationMax(seconds = 60) Duration reclaimTimeout,
    @DefaultValue("5") @Min(0) @Max(1000) int restarts,
    @DefaultValue("10m") @DurationMin(seconds = 1) Duration restartWindow,
    @DefaultValue("1s") @DurationMin(millis = 10) Duration restartPause,
    @DefaultValue("60s") @DurationMin(millis = 10) Duration restartLongestPause,
    @DefaultValue("30s") @DurationMin Duration dependencyTimeout,
    @DefaultValue("10m") @DurationMin(seconds = 1) Duration wakeMaxAge,
    @DefaultValue("60s") @DurationMin(seconds = 1) Duration commandMaxAge,
    @DefaultValue("5s") @DurationMin(millis = 200) Duration sampleInterval,
    @DefaultValue("10m") @DurationMin Duration storageInterval,
    @DefaultValue("60s") @DurationMin(seconds = 1) @DurationMax(minutes = 10)
        Duration storageTimeout,
    @DefaultValue("60s") @DurationMin(seconds = 1) Duration compareInterval,
    @DefaultValue("60s") @DurationMin @DurationMax(days = 1) Duration withdrawAfter,
    @DefaultValue("data/processes") @NotNull Path processDirectory,
    @DefaultValue("10m") @NotBlank String logMaxSize,
    @DefaultValue("3") @Min(1) int logMaxFiles) {
  /** What runs the containers. */
  public enum Runtime {
    DOCKER,
    PROCESS,
    MEMORY
  }

  DockerSettings docker() {
    return new DockerSettings(dockerHost, callTimeout, pullTimeout, logMaxSize, logMaxFiles);
  }

  ExecutionSettings execution() {
    return new ExecutionSettings(
        concurrency,
        announceTimeout,
        sleepLook,
        sleepNoiseBytes,
        stopGrace,
        stopDrain,
        reclaim,
        reclaimTimeout,
        new ExecutionSettings.Restarts(restarts, restartWindow, restartPause, restartLongestPause),
        dependencyTimeout,
        wakeMaxAge,
        commandMaxAge);
  }
}
