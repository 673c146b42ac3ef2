package dev.catnap.cost.pricing.jpa;

import dev.catnap.cost.database.CostDatabase;
import jakarta.persistence.EntityManagerFactory;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.repository.config.BootstrapMode;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.PlatformTransactionManager;

/** JPA for the few rows that people edit. Built beside the start, and without a connection. */
@Configuration(proxyBeanMethods = false)
@EnableJpaRepositories(
    basePackageClasses = RateVersionRepository.class,
    considerNestedRepositories = false,
    entityManagerFactoryRef = "costEntityManagerFactory",
    transactionManagerRef = "costTransactionManager",
    bootstrapMode = BootstrapMode.LAZY)
public class RateCardConfiguration {
  @Bean(defaultCandidate = false)
  LocalContainerEntityManagerFactoryBean costEntityManagerFactory(
      @Qualifier("costDataSource") DataSource dataSource) {
    LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
    factory.setDataSource(dataSource);
    factory.setPersistenceUnitName("cost");
    factory.setPackagesToScan(RateVersionRow.class.getPackageName(), "dev.catnap.cost.budget.jpa");
    factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
    factory.setBootstrapExecutor(new SimpleAsyncTaskExecutor("cost-jpa-"));
    factory.setJpaPropertyMap(
        Map.of(
            // What the database is, is said here, so that no connection is needed to find out.
            "jakarta.persistence.database-product-name", "PostgreSQL",
            "jakarta.persistence.database-major-version", "16",
            "hibernate.boot.allow_jdbc_metadata_access", "false",
            "hibernate.hbm2ddl.auto", "none",
            "hibernate.xml_mapping_enabled", "false",
            "jakarta.persistence.validation.mode", "none"));
    return factory;
  }

  @Bean(defaultCandidate = false)
  PlatformTransactionManager costTransactionManager(
      @Qualifier("costEntityManagerFactory") EntityManagerFactory factory) {
    return new JpaTransactionManager(factory);
  }

  @Bean
  RateCards rateCards(
      CostDatabase database,
      RateVersionRepository versions,
      RepriceRepository reprices,
      @Qualifier("costTransactionManager") PlatformTransactionManager transactions,
      Clock clock) {
    return new RateCards(database, versions, reprices, transactions, clock);
  }

  @Bean
  Reprices costReprices(
      CostDatabase database,
      RepriceRepository reprices,
      @Qualifier("costTransactionManager") PlatformTransactionManager transactions) {
    return new Reprices(database, reprices, transactions);
  }
}
