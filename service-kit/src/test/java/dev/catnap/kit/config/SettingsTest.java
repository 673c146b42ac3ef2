package dev.catnap.kit.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catnap.kit.kafka.CatnapKafkaSettings;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@ExtendWith(OutputCaptureExtension.class)
class SettingsTest {
  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(CatnapKafkaSettings.class)
  static class OnlySettings {}

  /** Spring Boot keeps the format in a system property, where the next start would find it. */
  @AfterEach
  void forgetLogFormat() {
    System.clearProperty("CONSOLE_LOG_STRUCTURED_FORMAT");
  }

  private static ConfigurableApplicationContext start(
      Map<String, Object> variables, String... args) {
    SpringApplication application = new SpringApplication(OnlySettings.class);
    application.setWebApplicationType(WebApplicationType.NONE);
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
    application.setEnvironment(environment);
    return application.run(args);
  }

  @Test
  void serviceFile_isLoadedBelowWhatUsersGive() {
    try (ConfigurableApplicationContext app =
        start(Map.of("CATNAP_TESTSERVICE_MICE", "7"), "--catnap.test-service.birds=8")) {
      Environment environment = app.getEnvironment();
      assertThat(environment.getProperty("catnap.test-service.dogs")).isEqualTo("3");
      assertThat(environment.getProperty("catnap.test-service.mice")).isEqualTo("7");
      assertThat(environment.getProperty("catnap.test-service.birds")).isEqualTo("8");
      assertThat(environment.getProperty("server.port")).isEqualTo("9000");
    }
  }

  @Test
  void serviceByItself_hasItsNameAndPort() {
    String[] args = {"--spring.main.web-application-type=none"};
    try (ConfigurableApplicationContext app =
        ServiceApplication.run(OnlySettings.class, "test-service", 9007, args)) {
      assertThat(app.getEnvironment().getProperty("server.port")).isEqualTo("9007");
      assertThat(app.getEnvironment().getProperty("spring.application.name"))
          .isEqualTo("test-service");
    }
  }

  @Test
  void environmentVariables_reachEverySetting() {
    Map<String, Object> variables =
        Map.of(
            "CATNAP_PORT", "9123",
            "CATNAP_KAFKA_BOOTSTRAPSERVERS", "one:1,two:2",
            "CATNAP_KAFKA_REPLICATION_FACTOR", "3",
            "CATNAP_KAFKA_PROPERTIES_SECURITY_PROTOCOL", "SSL");
    try (ConfigurableApplicationContext app = start(variables)) {
      CatnapKafkaSettings settings = app.getBean(CatnapKafkaSettings.class);
      assertThat(settings.bootstrapServers()).isEqualTo("one:1,two:2");
      assertThat(settings.replicationFactor()).isEqualTo((short) 3);
      assertThat(settings.properties()).containsExactly(Map.entry("security.protocol", "SSL"));
      assertThat(app.getEnvironment().getProperty("server.port")).isEqualTo("9123");
    }
  }

  @Test
  void invalidSetting_stopsTheStartAndNamesFieldValueAndRule(CapturedOutput output) {
    assertThatThrownBy(() -> start(Map.of(), "--catnap.kafka.partitions=0"))
        .isInstanceOf(Exception.class);
    assertThat(output.getAll())
        .contains("catnap.kafka.partitions", "\"0\"", "must be greater than or equal to 1");
  }

  @Test
  void unknownLogFormat_isRefused() {
    assertThatThrownBy(() -> start(Map.of("CATNAP_LOG_FORMAT", "xml")))
        .hasMessageContaining("catnap.log.format must be text or json, but it is 'xml'");
  }

  @Test
  void jsonLog_isOneObjectALine(CapturedOutput output) {
    start(Map.of("CATNAP_LOG_FORMAT", "json")).close();
    assertThat(output.getOut().lines().filter(line -> line.startsWith("{")))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).endsWith("}").contains("\"@timestamp\""));
  }
}
