package dev.catnap.policy;

import dev.catnap.kit.config.ServiceApplication;
import dev.catnap.policy.idleness.kafka.PolicyStreams;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.KafkaServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service on a real broker and a free port. */
public final class PolicyServer implements AutoCloseable {
  private final ConfigurableApplicationContext context;
  private final HttpProbe http;

  private PolicyServer(ConfigurableApplicationContext context) {
    this.context = context;
    this.http =
        new HttpProbe(
            "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
  }

  public static PolicyServer start(KafkaServer kafka, String applicationId, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "--catnap.port=0",
                "--logging.level.root=warn",
                "--catnap.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "--catnap.kafka.partitions=3",
                "--catnap.policy-service.application-id=" + applicationId));
    args.addAll(Arrays.asList(more));
    return new PolicyServer(
        ServiceApplication.run(
            PolicyServiceApplication.class, "policy-service", 0, args.toArray(String[]::new)));
  }

  public PolicyServer awaitDeciding() {
    PolicyStreams streams = context.getBean(PolicyStreams.class);
    Awaitility.await("streams").atMost(Duration.ofSeconds(30)).until(streams::decides);
    return this;
  }

  public HttpProbe http() {
    return http;
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    http.close();
    context.close();
  }
}
