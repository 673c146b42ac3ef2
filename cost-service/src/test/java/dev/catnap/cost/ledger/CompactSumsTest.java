package dev.catnap.cost.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.cost.ledger.Postings.Detail;
import dev.catnap.cost.pricing.Assumption;
import dev.catnap.cost.pricing.Resource;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CompactSumsTest {
  private static final Instant AT = Instant.parse("2026-01-12T00:00:00Z");

  @Property(tries = 300)
  void parts_add_up_as_decimals_do(@ForAll long seed) {
    Random random = new Random(seed);
    Map<PostingName, PostingName> names = new HashMap<>();
    Postings expected = new Postings(Detail.ITEMS, AT);
    CompactSums.Sum sum = new CompactSums.Sum();
    for (int part = 0; part < 5; part++) {
      Postings postings = new Postings(Detail.ITEMS, AT);
      for (int i = random.nextInt(6); i >= 0; i--) {
        postings.add(posting(random));
      }
      postings.all().forEach(expected::add);
      sum.add(
          CompactSums.of(postings.all(), name -> names.computeIfAbsent(name, any -> name))
              .orElseThrow());
    }
    Postings found = new Postings(Detail.ITEMS, AT);
    sum.postings(AT).forEach(found::add);
    assertThat(found.all())
        .containsExactlyInAnyOrderElementsOf(
            expected.all().stream().filter(CompactSumsTest::isSomething).toList());
  }

  @Test
  void what_is_not_whole_or_too_large_is_not_kept() {
    BigDecimal half = new BigDecimal("0.5");
    BigDecimal large = new BigDecimal(BigInteger.TWO.pow(112));
    assertThat(CompactSums.of(List.of(posting(half)), name -> name)).isEmpty();
    assertThat(CompactSums.of(List.of(posting(large)), name -> name)).isEmpty();
    BigDecimal most = large.subtract(BigDecimal.ONE);
    CompactSums.Sum sum = new CompactSums.Sum();
    List<CompactSums> twice = new ArrayList<>();
    CompactSums.of(List.of(posting(most)), name -> name).ifPresent(twice::add);
    sum.add(twice.getFirst());
    sum.add(twice.getFirst());
    assertThat(sum.postings(AT).getFirst().quantity()).isEqualTo(most.add(most));
  }

  private static boolean isSomething(Posting posting) {
    return posting.quantity().signum() != 0
        || posting.awakeQuantity().signum() != 0
        || posting.reservedQuantity().signum() != 0
        || posting.usedQuantity().signum() != 0
        || posting.micros().signum() != 0;
  }

  private static Posting posting(Random random) {
    return posting(
        "web-" + random.nextInt(2),
        number(random),
        number(random),
        number(random),
        number(random),
        random.nextInt(3) == 0 ? 0 : random.nextInt(),
        List.of(Assumption.values()[random.nextInt(3)]));
  }

  private static Posting posting(BigDecimal quantity) {
    return posting("web-1", quantity, quantity, quantity, quantity, 1, List.of());
  }

  /** Of up to 109 bits, negative half of the time. */
  private static BigDecimal number(Random random) {
    BigInteger bits = new BigInteger(random.nextInt(110), random);
    return new BigDecimal(random.nextBoolean() ? bits : bits.negate());
  }

  private static Posting posting(
      String container,
      BigDecimal quantity,
      BigDecimal awake,
      BigDecimal reserved,
      BigDecimal used,
      long micros,
      List<Assumption> assumptions) {
    return new Posting(
        AT,
        "web",
        container,
        "host-a",
        RunState.RUNNING,
        Resource.CPU,
        new BigDecimal("0.05"),
        "USD",
        null,
        quantity,
        awake,
        reserved,
        used,
        BigDecimal.valueOf(micros),
        assumptions);
  }
}
