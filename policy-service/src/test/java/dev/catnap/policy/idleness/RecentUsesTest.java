package dev.catnap.policy.idleness;

import static dev.catnap.policy.idleness.Fixtures.at;
import static dev.catnap.policy.idleness.Fixtures.request;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentUsesTest {
  private final RecentUses uses = new RecentUses();

  @Test
  void wrongClock_doesNotHideTheUsesOfToday() {
    for (int i = 1; i <= 10; i++) {
      uses.isNew(request("api", at(3_600 + 10 * i)), at(0));
    }
    uses.isNew(request("api", at(1)), at(1));
    assertThat(uses.perMinute(at(2))).isEqualTo(11);
  }
}
