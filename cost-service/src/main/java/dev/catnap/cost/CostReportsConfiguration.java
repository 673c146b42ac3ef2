package dev.catnap.cost;

import dev.catnap.cost.advice.http.SavingsNotTakenEndpoint;
import dev.catnap.cost.advice.jdbc.SavingsReader;
import dev.catnap.cost.budget.http.BudgetsEndpoint;
import dev.catnap.cost.budget.http.Webhook;
import dev.catnap.cost.budget.jdbc.AlertOutbox;
import dev.catnap.cost.budget.jpa.BudgetJpaConfiguration;
import dev.catnap.cost.budget.jpa.Budgets;
import dev.catnap.cost.budget.kafka.AlertTopic;
import dev.catnap.cost.budget.process.BudgetStates;
import dev.catnap.cost.budget.process.BudgetWatch;
import dev.catnap.cost.commitment.jdbc.Reservations;
import dev.catnap.cost.database.CostDatabase;
import dev.catnap.cost.focus.FocusAccount;
import dev.catnap.cost.focus.http.FocusEndpoint;
import dev.catnap.cost.focus.jdbc.FocusReader;
import dev.catnap.cost.ledger.jdbc.LedgerPages;
import dev.catnap.cost.ledger.jdbc.LedgerReader;
import dev.catnap.cost.ledger.process.CostHousekeeping;
import dev.catnap.cost.outlook.http.AnomaliesEndpoint;
import dev.catnap.cost.outlook.http.ForecastEndpoint;
import dev.catnap.cost.outlook.http.ReportEndpoint;
import dev.catnap.cost.pricing.jpa.RateCards;
import dev.catnap.cost.pricing.jpa.Reprices;
import dev.catnap.cost.report.http.LedgerEndpoint;
import dev.catnap.cost.report.http.ReservationsEndpoint;
import dev.catnap.cost.report.jdbc.Charges;
import dev.catnap.cost.report.jdbc.CostReports;
import dev.catnap.cost.reprice.http.RepricesEndpoint;
import dev.catnap.kit.kafka.CatnapKafkaSettings;
import dev.catnap.kit.kafka.KafkaClients;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.KafkaTemplate;

/** Beans of what is made of charges: forecast, anomalies, the month's report, the export. */
@Configuration(proxyBeanMethods = false)
@Import(BudgetJpaConfiguration.class)
public class CostReportsConfiguration {
  @Bean
  Charges costCharges(
      CostDatabase database, LedgerReader ledger, RateCards cards, Reservations reservations) {
    return new Charges(database, ledger, cards, reservations);
  }

  @Bean
  LedgerEndpoint costLedgerEndpoint(CostDatabase database, Clock clock) {
    return new LedgerEndpoint(new LedgerPages(database), clock);
  }

  @Bean
  FocusEndpoint costFocusEndpoint(
      CostDatabase database,
      LedgerReader ledger,
      Reservations reservations,
      RateCards cards,
      CostServiceSettings settings,
      Clock clock) {
    FocusAccount account =
        new FocusAccount(settings.focus().account(), settings.focus().provider());
    return new FocusEndpoint(
        new FocusReader(database, ledger, reservations, cards::history, account), clock);
  }

  @Bean
  SavingsNotTakenEndpoint costSavingsNotTakenEndpoint(
      CostDatabase database, Charges charges, Clock clock) {
    return new SavingsNotTakenEndpoint(new SavingsReader(database), charges, clock);
  }

  @Bean
  RepricesEndpoint costRepricesEndpoint(
      RateCards cards, Reprices reprices, Charges charges, Clock clock) {
    return new RepricesEndpoint(cards, reprices, charges, clock);
  }

  @Bean
  ReservationsEndpoint costReservationsEndpoint(Charges charges, Clock clock) {
    return new ReservationsEndpoint(charges, clock);
  }

  @Bean
  ForecastEndpoint costForecastEndpoint(Charges charges, Clock clock) {
    return new ForecastEndpoint(charges, clock);
  }

  @Bean
  AnomaliesEndpoint costAnomaliesEndpoint(Charges charges, Clock clock) {
    return new AnomaliesEndpoint(charges, clock);
  }

  @Bean
  ReportEndpoint costReportEndpoint(
      CostReports reports, RateCards cards, CostHousekeeping housekeeping, Clock clock) {
    return new ReportEndpoint(reports, cards, housekeeping, clock);
  }

  @Bean
  BudgetStates costBudgetStates(Charges charges) {
    return new BudgetStates(charges);
  }

  @Bean
  BudgetsEndpoint costBudgetsEndpoint(Budgets budgets, BudgetStates states, Clock clock) {
    return new BudgetsEndpoint(budgets, states, clock);
  }

  @Bean
  Webhook costBudgetWebhook() {
    return new Webhook();
  }

  @Bean
  BudgetWatch costBudgetWatch(
      CostDatabase database,
      Budgets budgets,
      BudgetStates states,
      Webhook webhook,
      KafkaClients clients,
      KafkaTemplate<String, byte[]> kafka,
      CatnapKafkaSettings kafkaSettings,
      CostServiceSettings settings,
      Clock clock) {
    return new BudgetWatch(
        budgets,
        states,
        new AlertOutbox(database),
        new AlertTopic(clients, kafka, kafkaSettings),
        webhook,
        clock,
        settings.budgetInterval());
  }
}
