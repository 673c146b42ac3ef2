package dev.catnap.policy;

import dev.catnap.kit.health.SystemPart;
import dev.catnap.kit.kafka.KafkaClients;
import dev.catnap.kit.kafka.TopicCreator;
import dev.catnap.kit.tracing.Traces;
import dev.catnap.policy.catalog.LiveFleet;
import dev.catnap.policy.catalog.file.ServicesFile;
import dev.catnap.policy.catalog.http.CatalogEndpoint;
import dev.catnap.policy.catalog.http.HoldEndpoint;
import dev.catnap.policy.catalog.kafka.Catalog;
import dev.catnap.policy.catalog.kafka.FleetView;
import dev.catnap.policy.catalog.kafka.LogWriter;
import dev.catnap.policy.idleness.LiveServices;
import dev.catnap.policy.idleness.http.BulkEndpoint;
import dev.catnap.policy.idleness.http.CommandEndpoint;
import dev.catnap.policy.idleness.http.ManualCommands;
import dev.catnap.policy.idleness.http.PeerStatus;
import dev.catnap.policy.idleness.http.StatusEndpoint;
import dev.catnap.policy.idleness.http.StatusReader;
import dev.catnap.policy.idleness.kafka.FleetFeed;
import dev.catnap.policy.idleness.kafka.PolicyMeters;
import dev.catnap.policy.idleness.kafka.PolicyParts;
import dev.catnap.policy.idleness.kafka.PolicyStreams;
import dev.catnap.policy.idleness.kafka.StreamsSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.kafka.core.KafkaOperations;

/** All beans of the policy service. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PolicySettings.class)
public class PolicyServiceConfiguration {
  @Bean
  LiveFleet policyFleet() {
    return new LiveFleet();
  }

  @Bean
  LiveServices policyLiveServices() {
    return new LiveServices();
  }

  @Bean
  FleetView policyFleetView(KafkaClients clients, LiveFleet fleet) {
    return new FleetView(clients, fleet);
  }

  @Bean
  LogWriter policyLogWriter(KafkaOperations<String, byte[]> kafka, PolicySettings settings) {
    return new LogWriter(kafka, settings.publishWithin());
  }

  @Bean
  Catalog policyCatalog(FleetView view, LogWriter writer, PolicySettings settings) {
    return new Catalog(view, writer, settings.publishWithin());
  }

  @Bean
  PolicyParts policyParts(
      LiveFleet fleet,
      LiveServices live,
      PolicySettings settings,
      MeterRegistry meters,
      Traces traces,
      Clock clock) {
    return new PolicyParts(
        fleet,
        new FleetFeed(fleet),
        live,
        settings.limits(),
        new PolicyMeters(meters),
        traces,
        clock);
  }

  @Bean
  PolicyStreams policyStreams(
      PolicySettings settings,
      PolicyParts parts,
      KafkaClients clients,
      TopicCreator topics,
      Environment environment) {
    StreamsSettings streams =
        new StreamsSettings(
            settings.applicationId(),
            instanceId(settings, environment),
            settings.stateDirectory(),
            settings.tick(),
            settings.commitInterval(),
            settings.streamThreads(),
            settings.standbyReplicas(),
            settings.sessionTimeout(),
            () -> advertised(settings, environment));
    return new PolicyStreams(streams, parts, clients, topics);
  }

  /** Host and port tell the instances apart; where the port is chosen freely nothing does. */
  private static @Nullable String instanceId(PolicySettings settings, Environment environment) {
    if (settings.instanceId() != null) {
      return settings.instanceId().isBlank() ? null : settings.instanceId();
    }
    int port = environment.getProperty("server.port", Integer.class, 0);
    if (port == 0) {
      return null;
    }
    return hostName() + "-" + port;
  }

  private static @Nullable String advertised(PolicySettings settings, Environment environment) {
    if (settings.advertise() != null) {
      return settings.advertise();
    }
    Integer port = environment.getProperty("local.server.port", Integer.class);
    String address = environment.getProperty("server.address", "localhost");
    boolean everywhere = address.equals("0.0.0.0") || address.contains(":");
    return port == null ? null : (everywhere ? hostName() : address) + ":" + port;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  @Bean
  @ConditionalOnProperty("catnap.policy-service.services-file")
  ServicesFile policyServicesFile(PolicySettings settings, Catalog catalog) {
    return new ServicesFile(
        java.util.Objects.requireNonNull(settings.servicesFile()),
        settings.servicesFileCheck(),
        catalog);
  }

  @Bean
  SystemPart policySystemPart(
      PolicyStreams streams, FleetView view, ObjectProvider<ServicesFile> file) {
    return SystemPart.of(
        "policy-service",
        SystemPart.Kind.SERVICE,
        () -> {
          SystemPart.Report report = streams.report();
          if (report.condition() == SystemPart.Condition.UP && !view.isConnected()) {
            return SystemPart.Report.degraded(
                "the broker is away; it decides again when it is back");
          }
          ServicesFile services = file.getIfAvailable();
          return services == null ? report : services.addTo(report);
        });
  }

  @Bean
  CatalogEndpoint policyCatalogEndpoint(Catalog catalog, Clock clock) {
    return new CatalogEndpoint(catalog, clock);
  }

  @Bean
  HoldEndpoint policyHoldEndpoint(Catalog catalog, Clock clock) {
    return new HoldEndpoint(catalog, clock);
  }

  @Bean
  StatusReader policyStatusReader(LiveServices live, LiveFleet fleet, PolicySettings settings) {
    return new StatusReader(live, fleet, settings.limits());
  }

  @Bean
  PeerStatus policyPeerStatus(StatusReader reader, PolicyStreams streams, Clock clock) {
    return new PeerStatus(reader, streams::ownerOf, clock);
  }

  @Bean
  StatusEndpoint policyStatusEndpoint(PeerStatus statuses, LiveFleet fleet) {
    return new StatusEndpoint(statuses, fleet);
  }

  @Bean
  ManualCommands policyManualCommands(FleetView view, LogWriter writer) {
    return new ManualCommands(view, writer);
  }

  @Bean
  CommandEndpoint policyCommandEndpoint(
      ManualCommands commands, PeerStatus statuses, LiveFleet fleet, Clock clock) {
    return new CommandEndpoint(commands, statuses, fleet, clock);
  }

  @Bean
  BulkEndpoint policyBulkEndpoint(
      ManualCommands commands, StatusReader reader, LiveFleet fleet, Clock clock) {
    return new BulkEndpoint(commands, reader, fleet, clock);
  }
}
