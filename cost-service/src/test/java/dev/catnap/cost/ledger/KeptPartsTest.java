package dev.catnap.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeptPartsTest {
  private final KeptParts<String, String> parts = new KeptParts<>(1_000, value -> 200L);

  @Test
  void is_found_at_the_change_it_was_made_at() {
    parts.keep("a", 1, "one");
    assertThat(parts.find("a", 1)).isEqualTo("one");
    assertThat(parts.find("a", 2)).isNull();
    parts.keep("a", 2, "two");
    assertThat(parts.find("a", 2)).isEqualTo("two");
    assertThat(parts.find("a", 1)).isNull();
    assertThat(parts.find("b", 2)).isNull();
  }

  /** Two of 200 bytes and what holds them fit in 1000. */
  @Test
  void what_was_not_asked_for_longest_goes_first() {
    parts.keep("a", 1, "a");
    parts.keep("b", 1, "b");
    parts.keep("b", 2, "b");
    assertThat(parts.find("a", 1)).isEqualTo("a");
    parts.keep("c", 1, "c");
    assertThat(parts.find("b", 2)).isNull();
    assertThat(parts.find("a", 1)).isEqualTo("a");
    assertThat(parts.find("c", 1)).isEqualTo("c");
  }
}
