package dev.catnap.policy.idleness.kafka;

import dev.catnap.events.kafka.Topics;
import dev.catnap.policy.idleness.ServiceFacts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The way of a record through the policy.
 *
 * <pre>
 * activity, state-changes, resource-samples, services, states (only what is gone)
 *    -> decode -+-> unreadable ----------------------> TOPIC.dlt
 *               +-> misrouted -> repartition -> decode -+
 *               +-> at home ----------------------------+-> idleness -> commands
 * </pre>
 *
 * <p>What is keyed as it should be takes the short way; only what is not pays a hop more.
 */
public final class PolicyTopology {
  static final String SERVICE = "policy-service";

  private static final Serde<String> TEXT = Serdes.String();
  private static final Serde<byte[]> BYTES = Serdes.ByteArray();

  private PolicyTopology() {}

  /**
   * @param partitions of each source topic
   * @param tick how often to look for what is due
   */
  public static Topology build(PolicyParts parts, int partitions, Duration tick) {
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(store());
    KStream<String, byte[]> raw =
        builder.stream(
            List.of(
                Topics.ACTIVITY.name(),
                Topics.STATE_CHANGES.name(),
                Topics.RESOURCE_SAMPLES.name(),
                Topics.SERVICES.name(),
                Topics.STATES.name()),
            Consumed.with(TEXT, BYTES));
    Map<String, KStream<String, Incoming>> ways =
        raw.process(() -> new Decoder(partitions, parts.meters()), Named.as("decode"))
            .split(Named.as("way-"))
            .branch((k, v) -> v instanceof Incoming.Unreadable, Branched.as("unreadable"))
            .branch((k, v) -> v instanceof Incoming.Misrouted, Branched.as("misrouted"))
            .defaultBranch(Branched.as("home"));
    toDeadLetters(way(ways, "way-unreadable"));
    KStream<String, Incoming> rerouted =
        way(ways, "way-misrouted")
            .mapValues(
                value -> value instanceof Incoming.Misrouted(byte[] bytes) ? bytes : new byte[0])
            .repartition(Repartitioned.with(TEXT, BYTES).withName("misrouted"))
            .process(() -> new Decoder(partitions, parts.meters()), Named.as("decode-misrouted"));
    way(ways, "way-home")
        .merge(rerouted)
        .process(
            () -> new IdlenessProcessor(parts, tick), Named.as("idleness"), IdlenessProcessor.STORE)
        .to(Topics.COMMANDS.name(), Produced.with(TEXT, BYTES));
    return builder.build();
  }

  private static KStream<String, Incoming> way(
      Map<String, KStream<String, Incoming>> ways, String name) {
    KStream<String, Incoming> way = ways.get(name);
    if (way == null) {
      throw new IllegalStateException("no way " + name);
    }
    return way;
  }

  private static void toDeadLetters(KStream<String, Incoming> unreadable) {
    // The value is unwrapped last, when the topic that it names is already a header.
    unreadable
        .mapValues(
            value -> value instanceof Incoming.Unreadable(_, byte[] bytes) ? bytes : new byte[0])
        .to(
            (key, value, context) -> DeadLetterTopic.of(context.headers()),
            Produced.with(TEXT, BYTES));
  }

  /** In memory and rebuilt from its changelog; the directory of the state is disposable. */
  private static StoreBuilder<?> store() {
    Serde<ServiceFacts> facts = FactsSerde.create();
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(IdlenessProcessor.STORE), TEXT, facts)
        .withCachingEnabled()
        .withLoggingEnabled(Map.of());
  }
}
