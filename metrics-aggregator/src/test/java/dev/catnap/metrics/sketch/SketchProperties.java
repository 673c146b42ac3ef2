package dev.catnap.metrics.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

class SketchProperties {
  @Property
  void slot_holdsItsValue_andSlotsFollowOneAnother(
      @ForAll @LongRange(max = Slots.MOST) long value) {
    int slot = Slots.of(value);

    assertThat(value).isBetween(Slots.lowest(slot), Slots.highest(slot));
    assertThat(Slots.lowest(slot + 1)).isEqualTo(Slots.highest(slot) + 1);
    assertThat(Math.abs(Slots.middle(slot) - value)).isLessThanOrEqualTo(0.016 * value);
  }

  @Property
  void anyOrderAndAnyWayOfMerging_givesTheSame(
      @ForAll @Size(min = 1, max = 200) List<@LongRange(max = Slots.MOST) Long> values,
      @ForAll long seed) {
    Sketch whole = new Sketch();
    values.forEach(whole::add);
    List<Long> shuffled = new ArrayList<>(values);
    Collections.shuffle(shuffled, new Random(seed));
    Sketch left = new Sketch();
    Sketch right = new Sketch();
    for (int i = 0; i < shuffled.size(); i++) {
      (i % 3 == 0 ? left : right).add(shuffled.get(i));
    }

    Sketch merged = new Sketch().merge(right.stored()).merge(left);

    assertThat(merged).isEqualTo(whole);
    assertThat(merged.stored()).isEqualTo(whole.stored());
    assertThat(merged.total()).isEqualTo(values.size());
  }

  @Property
  void quantile_isWithinItsErrorOfTheExactOne(
      @ForAll @Size(min = 1, max = 300) List<@LongRange(max = 1L << 40) Long> values) {
    Sketch sketch = new Sketch();
    values.forEach(sketch::add);
    List<Long> sorted = values.stream().sorted().toList();
    for (double share : new double[] {0, 0.5, 0.9, 0.99, 1}) {
      int rank = Math.max(1, (int) Math.ceil(share * sorted.size()));
      double exact = sorted.get(rank - 1);
      @Nullable Double answer = sketch.quantile(share);
      assertThat(answer).isNotNull().isCloseTo(exact, within(0.016 * exact));
    }
  }

  @Example
  void nothingCounted_hasNoQuantile() {
    assertThat(new Sketch().quantile(0.5)).isNull();
  }

  @Example
  void moreThanAnEntryHolds_isKeptInSeveral() {
    Sketch many = new Sketch();
    int[] full = {(7 << 20) | 1_048_575};
    many.merge(full).merge(full);

    assertThat(many.stored()).hasSize(2);
    assertThat(new Sketch().merge(many.stored()).total()).isEqualTo(2L * 1_048_575);
  }
}
