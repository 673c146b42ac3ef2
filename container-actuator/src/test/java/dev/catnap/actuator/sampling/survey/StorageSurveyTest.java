package dev.catnap.actuator.sampling.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.actuator.engine.ContainerStatus;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.engine.memory.MemoryEngine;
import dev.catnap.actuator.sampling.StorageMeasure;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class StorageSurveyTest {
  private static final String CANNOT = "storage of containers cannot be measured";

  private final MemoryEngine engine = new MemoryEngine(Clock.systemUTC());

  private StorageSurvey survey(Duration every) {
    return new StorageSurvey(engine, Clock.systemUTC(), every, Duration.ofSeconds(1));
  }

  @BeforeEach
  void fill() {
    engine.put("web-1", ContainerStatus.EXITED, Map.of());
    engine.hold("web-1", 7);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void whatFails_leavesWhatWasMeasured_andIsSaidOnce(CapturedOutput output) {
    try (StorageSurvey survey = survey(Duration.ZERO)) {
      survey.measure();
      engine.failWith((call, name) -> {
        throw new EngineException(EngineException.Kind.TIMED_OUT, "no answer within 1000 ms");
      });
      survey.measure();
      survey.measure();
      assertThat(survey.latest().number()).isEqualTo(1);
      assertThat(survey.latest().bytes()).isEqualTo(Map.of("web-1", 7L));
      assertThat(output.toString().split(CANNOT, -1)).hasSize(2);
      assertThat(output).contains("no answer within 1000 ms");
      engine.failWith((call, name) -> {});
      survey.measure();
      assertThat(survey.latest().number()).isEqualTo(2);
    }
  }

  @Test
  void itMeasuresAgainAndAgain_whateverHappensInBetween() {
    AtomicInteger asked = new AtomicInteger();
    engine.failWith((call, name) -> {
      if (asked.incrementAndGet() == 2) {
        throw new IllegalStateException("once");
      }
    });
    try (StorageSurvey survey = survey(Duration.ofMillis(10))) {
      survey.start();
      await().until(() -> survey.latest().number() >= 3);
    }
  }

  @Test
  void off_itNeverAsks() {
    AtomicInteger asked = new AtomicInteger();
    engine.failWith((call, name) -> asked.incrementAndGet());
    try (StorageSurvey survey = survey(Duration.ZERO)) {
      survey.start();
      assertThat(survey.latest()).isEqualTo(StorageMeasure.NONE);
    }
    assertThat(asked).hasValue(0);
  }
}
