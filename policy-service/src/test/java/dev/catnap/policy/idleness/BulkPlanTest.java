package dev.catnap.policy.idleness;

import static dev.catnap.policy.rules.SituationFixture.idle;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.policy.rules.Situation;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BulkPlanTest {
  private static String ruleOf(Situation situation) {
    return BulkPlan.sleep(Map.of("api", situation)).getFirst().rule();
  }

  @Test
  void idleService_isPutToSleep() {
    assertThat(ruleOf(idle().build())).isNull();
  }

  @Test
  void serviceInUse_isLeftOut() {
    assertThat(ruleOf(idle().tunnels(1).build())).isEqualTo("in_flight");
    assertThat(ruleOf(idle().load(0.5).build())).isEqualTo("load");
    assertThat(ruleOf(idle().network(5_000).build())).isEqualTo("network");
  }
}
