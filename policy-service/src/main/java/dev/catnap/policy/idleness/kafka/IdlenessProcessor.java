package dev.catnap.policy.idleness.kafka;

import dev.catnap.events.Activity;
import dev.catnap.events.Command;
import dev.catnap.events.kafka.Records;
import dev.catnap.events.kafka.Topics;
import dev.catnap.kit.tracing.TraceHeaders;
import dev.catnap.policy.idleness.Deadlines;
import dev.catnap.policy.idleness.Decision;
import dev.catnap.policy.idleness.Evolution;
import dev.catnap.policy.idleness.IdlePolicy;
import dev.catnap.policy.idleness.LiveServices.Live;
import dev.catnap.policy.idleness.PolicyEvent;
import dev.catnap.policy.idleness.RecentUses;
import dev.catnap.policy.idleness.ServiceFacts;
import dev.catnap.policy.idleness.Surroundings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One partition of the services: folds each event into the service's facts, asks the policy, and
 * forwards its commands.
 *
 * <p>All time comes from the clock here, on the events. The facts are in the store, so that they
 * survive; deadlines, recent ids and since when a service is observed are in memory, and begin anew
 * with the process.
 */
final class IdlenessProcessor extends ContextualProcessor<String, Incoming, String, byte[]> {
  static final String STORE = "services";

  private static final Logger log = LoggerFactory.getLogger(IdlenessProcessor.class);
  private static final String SOURCE = "/catnap/" + PolicyTopology.SERVICE;
  private static final int MOST_STRANGERS = 1000;

  private final PolicyParts parts;
  private final Duration tick;
  private final DecisionTraces traces;
  private final Map<String, Live> services = new HashMap<>();
  private final Map<String, Live> strangers = new LinkedHashMap<>();
  private final Deadlines deadlines = new Deadlines();
  private KeyValueStore<String, ServiceFacts> store;

  /** Of the record that is looked at; null: a tick, or not traced. */
  private @Nullable TraceHeaders trace;

  @SuppressWarnings("NullAway.Init") // Streams calls init before anything else.
  IdlenessProcessor(PolicyParts parts, Duration tick) {
    this.parts = parts;
    this.tick = tick;
    this.traces = new DecisionTraces(parts.traces(), parts.clock());
  }

  @Override
  public void init(ProcessorContext<String, byte[]> context) {
    super.init(context);
    store = context.getStateStore(STORE);
    Instant now = now();
    try (KeyValueIterator<String, ServiceFacts> all = store.all()) {
      while (all.hasNext()) {
        KeyValue<String, ServiceFacts> entry = all.next();
        remember(new Live(entry.value, now, new RecentUses()));
        deadlines.set(entry.key, now);
        parts.fleetFeed().restored(entry.value);
      }
    }
    context.schedule(tick, PunctuationType.WALL_CLOCK_TIME, time -> tick(now()));
  }

  private Instant now() {
    return parts.clock().instant();
  }

  @Override
  public void process(Record<String, Incoming> record) {
    if (!(record.value() instanceof Incoming.Readable(Incoming.Event incoming))) {
      return;
    }
    Instant now = now();
    trace = traces.of(record.headers());
    Live live = live(record.key(), now);
    if (incoming instanceof Incoming.Use(var activity) && !live.uses().isNew(activity, now)) {
      parts.meters().repeated();
      if (!isAskedAgain(activity, live.facts())) {
        return;
      }
    }
    if (incoming instanceof Incoming.Change(var change)) {
      parts.fleetFeed().changed(change);
    }
    if (incoming instanceof Incoming.Gone(String container, Instant asOf)) {
      parts.fleetFeed().gone(record.key(), container, asOf);
    }
    if (incoming instanceof Incoming.Use && live.facts().isStranger()) {
      parts.meters().stranger();
    }
    handle(live, incoming.at(now));
  }

  /**
   * Told once more, a use is old news. Told with a newer time it still counts once, but somebody
   * waits: the gate repeats itself so while it holds a request.
   */
  private static boolean isAskedAgain(Activity activity, ServiceFacts facts) {
    Instant demand = facts.lastDemand();
    return demand == null || activity.at().isAfter(demand);
  }

  private Live live(String service, Instant now) {
    Live live = services.get(service);
    if (live == null) {
      live = strangers.remove(service);
    }
    return live == null ? new Live(ServiceFacts.unheard(service), now, new RecentUses()) : live;
  }

  /** A tick touches what is due, and nothing else. */
  private void tick(Instant now) {
    trace = null;
    for (String service : deadlines.takeDue(now)) {
      Live live = services.get(service);
      if (live != null) {
        handle(live, new PolicyEvent.Ticked(now));
      }
    }
  }

  private void handle(Live live, PolicyEvent event) {
    String service = live.facts().service();
    ServiceFacts facts;
    Decision decision;
    try {
      facts = Evolution.evolve(live.facts(), event);
      decision = IdlePolicy.decide(facts, event, surroundings(live));
      if (decision.commanded() != null) {
        facts = Evolution.evolve(facts, decision.commanded());
      }
    } catch (RuntimeException e) {
      // A defect of ours: the partition goes on, and the service is looked at again later.
      passOver(service, event, e);
      return;
    }
    keep(new Live(facts, live.observedSince(), live.uses()), live.facts());
    schedule(service, event, decision);
    decision.commands().forEach(command -> command(command, event.now()));
    if (decision.commanded() != null) {
      logged(decision.commanded());
    }
  }

  private Surroundings surroundings(Live live) {
    return new Surroundings(live.observedSince(), parts.fleet(), parts.limits());
  }

  private void passOver(String service, PolicyEvent event, RuntimeException e) {
    parts.meters().failed(event.getClass().getSimpleName());
    deadlines.set(service, event.now().plusSeconds(60));
    log.atError()
        .addKeyValue("service", service)
        .addKeyValue("event", event.getClass().getSimpleName())
        .setCause(e)
        .log("event passed over, the policy failed on it; please report this");
  }

  /** Strangers are remembered in memory only, the oldest forgotten first. */
  private void keep(Live live, ServiceFacts former) {
    ServiceFacts facts = live.facts();
    String service = facts.service();
    if (facts.isStranger()) {
      if (!former.isStranger()) {
        store.delete(service);
        services.remove(service);
        parts.live().remove(service);
      }
      strangers.put(service, live);
      if (strangers.size() > MOST_STRANGERS) {
        strangers.remove(strangers.keySet().iterator().next());
      }
      return;
    }
    if (facts != former) {
      store.put(service, facts);
    }
    remember(live);
  }

  private void remember(Live live) {
    services.put(live.facts().service(), live);
    parts.live().put(live);
  }

  private void schedule(String service, PolicyEvent event, Decision decision) {
    boolean reviewed =
        !(event instanceof PolicyEvent.Used || event instanceof PolicyEvent.Measured);
    if (reviewed || decision.reviewAt() != null) {
      deadlines.set(service, decision.reviewAt());
    }
  }

  private void command(Command command, Instant since) {
    ProducerRecord<String, byte[]> written = Records.write(Topics.COMMANDS, command, SOURCE);
    traces.decided(command, since, trace, written.headers());
    context()
        .forward(
            new Record<>(written.key(), written.value(), written.timestamp(), written.headers()));
    parts.meters().decided(command);
  }

  private static void logged(PolicyEvent.Commanded commanded) {
    log.atInfo()
        .addKeyValue("service", commanded.command().service())
        .addKeyValue("action", commanded.command().action())
        .addKeyValue("rule", commanded.decision().rule())
        .addKeyValue("why", commanded.decision().text())
        .addKeyValue("attempt", commanded.issued().tries())
        .addKeyValue("command", commanded.command().id())
        .log("commanded");
  }

  @Override
  public void close() {
    services.keySet().forEach(parts.live()::remove);
  }
}
