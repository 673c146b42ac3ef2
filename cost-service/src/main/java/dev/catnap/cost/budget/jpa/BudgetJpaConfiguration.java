package dev.catnap.cost.budget.jpa;

import dev.catnap.cost.database.CostDatabase;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.repository.config.BootstrapMode;
import org.springframework.transaction.PlatformTransactionManager;

/** Budgets by JPA, with the entity manager factory of the rate cards. */
@Configuration(proxyBeanMethods = false)
@EnableJpaRepositories(
    basePackageClasses = BudgetRepository.class,
    considerNestedRepositories = false,
    entityManagerFactoryRef = "costEntityManagerFactory",
    transactionManagerRef = "costTransactionManager",
    bootstrapMode = BootstrapMode.LAZY)
public class BudgetJpaConfiguration {
  @Bean
  Budgets costBudgets(
      CostDatabase database,
      BudgetRepository rows,
      @Qualifier("costTransactionManager") PlatformTransactionManager transactions) {
    return new Budgets(database, rows, transactions);
  }
}
