package dev.catnap.kit.kafka;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the log is and how it is spoken to.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param properties anything else a Kafka client understands, security above all; they win
 * @param partitions of each topic that is created; the same for all, 1 to 1000
 * @param replicationFactor of each topic that is created, 1 to 9
 * @param groupPrefix put before every consumer group
 * @param clientPrefix put before every client id
 * @param createTopics whether missing topics are created at start
 * @param startWait how long start waits for the broker and its topics before it goes on without, 0
 *     to 60 s
 * @param deliveryTimeout after which a record not acknowledged has failed, 1 to 120 s
 * @param requestTimeout for an answer of the broker, 0.5 to 60 s, at most {@code deliveryTimeout}
 * @param maxBlock how long a producer waits for metadata or room, 0.1 to 60 s
 * @param gather how long those who fold what happened into tables gather it, 0.01 to 10 s
 */
@Validated
@ConfigurationProperties("catnap.kafka")
public record CatnapKafkaSettings(
    @DefaultValue("localhost:9092") @NotBlank String bootstrapServers,
    @DefaultValue Map<String, String> properties,
    @DefaultValue("6") @Min(1) @Max(1000) int partitions,
    @DefaultValue("1") @Min(1) @Max(9) short replicationFactor,
    @DefaultValue("catnap.") String groupPrefix,
    @DefaultValue("catnap.") String clientPrefix,
    @DefaultValue("true") boolean createTopics,
    @DefaultValue("3s") @DurationMin @DurationMax(seconds = 60) Duration startWait,
    @DefaultValue("10s") @DurationMin(seconds = 1) @DurationMax(seconds = 120)
        Duration deliveryTimeout,
    @DefaultValue("5s") @DurationMin(millis = 500) @DurationMax(seconds = 60)
        Duration requestTimeout,
    @DefaultValue("3s") @DurationMin(millis = 100) @DurationMax(seconds = 60) Duration maxBlock,
    @DefaultValue("500ms") @DurationMin(millis = 10) @DurationMax(seconds = 10) Duration gather) {}
