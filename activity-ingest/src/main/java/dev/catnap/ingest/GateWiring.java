package dev.catnap.ingest;

import dev.catnap.ingest.activity.kafka.LazyProducer;
import dev.catnap.ingest.gate.Gate;
import dev.catnap.ingest.gate.HostTable;
import dev.catnap.ingest.gate.KnownServices;
import dev.catnap.ingest.gate.RequestTally;
import dev.catnap.ingest.gate.WaitingRoom;
import dev.catnap.ingest.gate.WakeTimes;
import dev.catnap.ingest.gate.http.ClosingTime;
import dev.catnap.ingest.gate.http.GateKeeper;
import dev.catnap.ingest.gate.http.GateMetrics;
import dev.catnap.ingest.gate.http.GateOpenApi;
import dev.catnap.ingest.gate.http.GateServlet;
import dev.catnap.ingest.gate.http.GateTimes;
import dev.catnap.ingest.gate.http.StraightToTheGate;
import dev.catnap.ingest.gate.kafka.ActivityReporter;
import dev.catnap.ingest.gate.kafka.ReportIds;
import dev.catnap.ingest.gate.kafka.StateView;
import dev.catnap.ingest.gate.tracing.HoldTraces;
import dev.catnap.ingest.gate.tracing.WakeNews;
import dev.catnap.kit.kafka.KafkaClients;
import dev.catnap.kit.tracing.Traces;
import dev.catnap.kit.tracing.WakeStage;
import dev.catnap.kit.tracing.WakeStageTimers;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The capability {@code gate}. */
@Configuration(proxyBeanMethods = false)
@Import({GateConnector.class, GateOpenApi.class})
class GateWiring {
  private final ActivityIngestSettings.Gate settings;

  GateWiring(ActivityIngestSettings settings) {
    this.settings = settings.gate();
  }

  @Bean
  KnownServices gateKnownServices() {
    return new KnownServices();
  }

  @Bean
  HostTable gateHosts() {
    return new HostTable();
  }

  @Bean
  WakeTimes gateWakeTimes() {
    return new WakeTimes();
  }

  @Bean
  WakeStageTimers gateStageTimers(MeterRegistry registry) {
    return new WakeStageTimers(registry, WakeStage.REQUEST, WakeStage.TOLD, WakeStage.ANSWERED);
  }

  @Bean
  WakeNews gateWakeNews(@Qualifier("gateStageTimers") WakeStageTimers timers) {
    return new WakeNews(timers);
  }

  @Bean
  HoldTraces gateHoldTraces(
      Traces traces,
      WakeNews news,
      @Qualifier("gateStageTimers") WakeStageTimers timers,
      Clock clock) {
    return new HoldTraces(traces, news, timers, clock);
  }

  @Bean
  StateView gateStateView(
      KnownServices known,
      HostTable hosts,
      WakeTimes wakes,
      WakeNews news,
      KafkaClients kafka,
      Clock clock) {
    return new StateView(
        known,
        hosts,
        wakes,
        news,
        () -> kafka.consumer(ActivityIngestConfiguration.CLIENT + "-view"),
        () -> kafka.unhurriedConsumer(ActivityIngestConfiguration.CLIENT + "-view"),
        clock);
  }

  @Bean
  WaitingRoom gateWaitingRoom() {
    return new WaitingRoom(settings.maxHeldPerService(), settings.maxHeld());
  }

  @Bean
  ReportIds gateReportIds() {
    return new ReportIds();
  }

  @Bean
  RequestTally gateRequestTally(ReportIds ids) {
    return new RequestTally(settings.reportEvery(), settings.holdReportAfter(), ids);
  }

  @Bean
  ActivityReporter gateActivityReporter(
      RequestTally tally,
      WaitingRoom room,
      @Qualifier("ingestProducer") LazyProducer producer,
      @Qualifier("gateStageTimers") WakeStageTimers timers,
      Clock clock) {
    return new ActivityReporter(
        tally, room, producer, clock, settings.reportEvery(), settings.askAgainEvery(), timers);
  }

  @Bean
  GateKeeper gateKeeper(
      KnownServices known,
      HostTable hosts,
      StateView view,
      RequestTally tally,
      WaitingRoom room,
      WakeTimes wakes,
      ActivityReporter reporter,
      HoldTraces traces,
      Clock clock) {
    GateKeeper keeper =
        new GateKeeper(
            new Gate(settings.brokerGrace()),
            known,
            hosts,
            view,
            tally,
            room,
            wakes,
            reporter,
            traces,
            clock);
    known.onChange(keeper::changed);
    return keeper;
  }

  @Bean
  ClosingTime gateClosingTime(WaitingRoom room) {
    return new ClosingTime(room);
  }

  @Bean
  ServletRegistrationBean<GateServlet> gateServlet(
      GateKeeper keeper, WaitingRoom room, MeterRegistry registry) {
    GateServlet servlet =
        new GateServlet(
            keeper,
            new GateMetrics(registry, room),
            new GateTimes(settings.defaultTimeout(), settings.maxTimeout(), settings.pageAfter()));
    ServletRegistrationBean<GateServlet> registration =
        new ServletRegistrationBean<>(servlet, "/gate/*");
    registration.setName(StraightToTheGate.NAME);
    return registration;
  }

  @Bean
  IngestHealth ingestHealth(StateView view, KnownServices known, WaitingRoom room) {
    return new IngestHealth(view, known, room);
  }
}
