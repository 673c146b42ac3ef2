package dev.catnap.cost.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class CsvTest {
  @Test
  void fields_are_written_after_RFC_4180() {
    assertThat(
            Csv.line(
                Arrays.asList(
                    "a", null, "b,c", "say \"hi\"\n", Instant.parse("2026-01-02T03:04:05.678Z"))))
        .isEqualTo("a,,\"b,c\",\"say \"\"hi\"\"\n\",2026-01-02T03:04:05Z\r\n");
    assertThat(Csv.line(Arrays.asList(null, null))).isEqualTo(",\r\n");
  }

  @Property(tries = 300)
  void numbers_have_no_exponent_and_no_zeros_at_the_end(@ForAll @Scale(12) BigDecimal number) {
    for (int scale : List.of(12, 27)) {
      String text = Csv.line(List.of(number.setScale(scale))).strip();
      assertThat(new BigDecimal(text)).isEqualByComparingTo(number);
      assertThat(text)
          .isEqualTo(number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString());
    }
  }

  @Test
  void whole_numbers_keep_their_zeros() {
    assertThat(
            Csv.line(
                List.of(
                    new BigDecimal("1200"),
                    new BigDecimal("1E+3"),
                    new BigDecimal("-100.00"),
                    new BigDecimal("0.000"))))
        .isEqualTo("1200,1000,-100,0\r\n");
  }
}
