package dev.catnap.cost;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.catnap.cost.commitment.jdbc.Reservations;
import dev.catnap.cost.database.CostDatabase;
import dev.catnap.cost.http.DatabaseAwayAdvice;
import dev.catnap.cost.ledger.Closing;
import dev.catnap.cost.ledger.jdbc.FactStore;
import dev.catnap.cost.ledger.jdbc.Ledger;
import dev.catnap.cost.ledger.jdbc.LedgerReader;
import dev.catnap.cost.ledger.kafka.CostRecorder;
import dev.catnap.cost.ledger.process.Bookkeeping;
import dev.catnap.cost.ledger.process.CostHousekeeping;
import dev.catnap.cost.ledger.process.ProcessUse;
import dev.catnap.cost.ledger.process.SuiteMeter;
import dev.catnap.cost.pricing.Level;
import dev.catnap.cost.pricing.http.RatesEndpoint;
import dev.catnap.cost.pricing.http.RatesImportEndpoint;
import dev.catnap.cost.pricing.jpa.RateCardConfiguration;
import dev.catnap.cost.pricing.jpa.RateCards;
import dev.catnap.cost.report.HostCapacity;
import dev.catnap.cost.report.http.CostEndpoint;
import dev.catnap.cost.report.http.RoiEndpoint;
import dev.catnap.cost.report.jdbc.Charges;
import dev.catnap.cost.report.jdbc.CostReports;
import dev.catnap.kit.health.SystemPart;
import dev.catnap.kit.kafka.Listeners;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;

/**
 * All beans of cost-service. Its data source, entity manager factory and transaction manager are no
 * candidates for anybody who does not ask for them by name.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CostServiceSettings.class)
@Import({RateCardConfiguration.class, CostReportsConfiguration.class})
public class CostServiceConfiguration {
  private static final String NAME = "cost-service";
  private static final long IDLE_EVENT_MILLIS = 5_000;

  /** Connects when first asked; a database that is away fails nothing here. */
  @Bean(defaultCandidate = false, destroyMethod = "close")
  DataSource costDataSource(CostServiceSettings settings) {
    CostServiceSettings.Postgres postgres = settings.postgres();
    HikariConfig config = new HikariConfig();
    config.setPoolName(NAME);
    config.setJdbcUrl(postgres.url());
    config.setUsername(postgres.user());
    config.setPassword(postgres.password());
    config.setSchema(postgres.schema());
    config.setMaximumPoolSize(postgres.connections());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(postgres.connectTimeout().toMillis());
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  @Bean
  CostDatabase costDatabase(
      @Qualifier("costDataSource") DataSource dataSource, CostServiceSettings settings) {
    CostServiceSettings.Postgres postgres = settings.postgres();
    return new CostDatabase(dataSource, postgres.schema(), postgres.statementTimeout());
  }

  @Bean
  FactStore costFactStore(CostDatabase database) {
    return new FactStore(database);
  }

  @Bean
  ConcurrentKafkaListenerContainerFactory<String, byte[]> costListenerFactory(Listeners listeners) {
    ConcurrentKafkaListenerContainerFactory<String, byte[]> factory =
        listeners.foldingFactory(NAME);
    factory.getContainerProperties().setIdleEventInterval(IDLE_EVENT_MILLIS);
    return factory;
  }

  @Bean
  CostRecorder costRecorder(FactStore facts, MeterRegistry meters) {
    return new CostRecorder(facts, meters);
  }

  @Bean
  CostHousekeeping costHousekeeping(
      CostDatabase database, FactStore facts, Clock clock, CostServiceSettings settings) {
    return new CostHousekeeping(
        database,
        facts,
        new SuiteMeter(new ProcessUse(), host()),
        clock,
        settings.suiteInterval(),
        settings.sampleRetention());
  }

  @Bean
  Bookkeeping costBookkeeping(
      CostDatabase database, RateCards cards, Clock clock, CostServiceSettings settings) {
    CostServiceSettings.Ledger ledger = settings.ledger();
    return new Bookkeeping(
        new Ledger(database),
        cards::history,
        new Closing(ledger.grace(), ledger.quiet()),
        clock,
        ledger.interval());
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  @Bean
  Reservations costReservations(CostDatabase database) {
    return new Reservations(database.jdbc());
  }

  @Bean
  LedgerReader costLedgerReader(CostDatabase database) {
    return new LedgerReader(database.jdbc());
  }

  @Bean
  CostReports costReports(CostDatabase database, LedgerReader ledger, Reservations reservations) {
    return new CostReports(database, ledger, reservations);
  }

  @Bean
  CostEndpoint costEndpoint(
      CostReports reports,
      RateCards cards,
      CostHousekeeping housekeeping,
      CostServiceSettings settings,
      Clock clock) {
    return new CostEndpoint(reports, cards, housekeeping, capacities(settings), clock);
  }

  private static List<HostCapacity> capacities(CostServiceSettings settings) {
    List<HostCapacity> capacities = new ArrayList<>();
    settings
        .hosts()
        .forEach((name, host) ->
            capacities.add(
                new HostCapacity(
                    name,
                    new Level(
                        Level.nanoCores(host.cores().doubleValue()), host.memory().toBytes()))));
    return capacities;
  }

  @Bean
  RoiEndpoint costRoiEndpoint(
      CostReports reports,
      Charges charges,
      RateCards cards,
      CostHousekeeping housekeeping,
      Clock clock) {
    return new RoiEndpoint(reports, charges, cards, housekeeping, clock);
  }

  @Bean
  RatesEndpoint costRatesEndpoint(RateCards cards) {
    return new RatesEndpoint(cards);
  }

  @Bean
  RatesImportEndpoint costRatesImportEndpoint(RateCards cards) {
    return new RatesImportEndpoint(cards);
  }

  @Bean
  DatabaseAwayAdvice costDatabaseAwayAdvice() {
    return new DatabaseAwayAdvice();
  }

  @Bean
  SystemPart costServicePart(CostDatabase database) {
    return SystemPart.of(NAME, SystemPart.Kind.SERVICE, () -> report(database.problem()));
  }

  @Bean
  SystemPart costDatabasePart(CostDatabase database) {
    return SystemPart.of(
        "database(cost)", SystemPart.Kind.DATABASE, () -> report(database.problem()));
  }

  private static SystemPart.Report report(@org.jspecify.annotations.Nullable String problem) {
    return problem == null ? SystemPart.Report.up() : SystemPart.Report.down(problem);
  }
}
