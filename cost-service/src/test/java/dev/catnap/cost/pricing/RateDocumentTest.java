package dev.catnap.cost.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catnap.cost.pricing.yaml.RateYaml;
import dev.catnap.events.InvalidFieldException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateDocumentTest {
  @Test
  void cards_are_read_to_the_last_digit() {
    List<RateDocument.Entry> entries =
        read("""
        rates:
          - { valid_from: 2026-01-01, currency: EUR, cpu_hour: 0.123456789012,
              memory_gib_hour: 1e-2, storage_gib_month: 0.10, network_out_gib: 0.09 }
          - { valid_from: 2026-06-01T12:00:00Z, valid_to: 2026-07-01, label: team=blue,
              purchase: spot, cpu_hour: 0, memory_gib_hour: 0, storage_gib_month: 0 }
          - valid_from: 2026-01-01
            host: big-1
            purchase: reserved
            cores: 8
            memory_gib: 32
            amount_hour: 0.30
        """)
            .entries();
    Rates first = (Rates) entries.get(0).card();
    assertThat(first.cpuHour()).isEqualTo(new BigDecimal("0.123456789012"));
    assertThat(first.memoryGibHour()).isEqualTo(new BigDecimal("0.01"));
    assertThat(first.networkInGib()).isZero();
    assertThat(first.networkOutGib()).isEqualTo(new BigDecimal("0.09"));
    assertThat(first.currency()).isEqualTo("EUR");
    assertThat(first.validFrom()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(first.validTo()).isNull();
    RateCard spot = entries.get(1).card();
    assertThat(spot.purchase()).isEqualTo(Purchase.SPOT);
    assertThat(spot.scope()).isEqualTo(RateScope.of(null, "team=blue"));
    assertThat(spot.validTo()).isEqualTo(Instant.parse("2026-07-01T00:00:00Z"));
    assertThat(entries.get(2).card())
        .isEqualTo(
            new ReservedCapacity(
                Instant.parse("2026-01-01T00:00:00Z"),
                null,
                RateScope.of("big-1", null),
                BigDecimal.valueOf(8),
                BigDecimal.valueOf(32),
                new BigDecimal("0.3"),
                "USD"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5|rates[0]|must be an object",
        "{}|rates[0].valid_from|must be given",
        "{valid_from: soon}|rates[0].valid_from|must be a date or time",
        "{valid_from: 2026-13-01}|rates[0].valid_from|must be a date or time",
        "{valid_from: 2026-01-01, cpu_hour: dear}|rates[0].cpu_hour|must be a number",
        "{valid_from: 2026-01-01, cpu_hour: 1e999999999, memory_gib_hour: 1, storage_gib_month: 1}|rates[0].cpu_hour|must be a number",
        "{valid_from: 2026-01-01, cpu_hour: [1]}|rates[0].cpu_hour|must be a text",
        "{valid_from: 2026-01-01, cpu_hour: 1}|rates[0].memory_gib_hour|must be given",
        "{colour: red}|rates[0].colour|must be a known field",
        "{host: a, label: b=c, valid_from: 2026-01-01}|rates[0].label|must not be given beside host",
        "{label: blue, valid_from: 2026-01-01}|rates[0].label|must be NAME=VALUE",
        "{purchase: stolen}|rates[0].purchase|must be on-demand",
        "{purchase: reserved, cpu_hour: 1}|rates[0].cpu_hour|must not be given where",
        "{cores: 1}|rates[0].cores|must not be given where purchase is on-demand",
        "{purchase: reserved, valid_from: 2026-01-01, amount_hour: 1}|rates[0].cores|must be more than",
        "{purchase: reserved, valid_from: 2026-01-01, cores: 1}|rates[0].amount_hour|must be given",
        "{valid_from: 2026-01-01, valid_to: 2026-01-01, purchase: reserved, cores: 1, amount_hour: 1}|rates[0].valid_to|must be after",
        "{valid_from: 2026-01-01, currency: XYZ, purchase: reserved, cores: 1, amount_hour: 1}|rates[0].currency|must be an ISO 4217"
      })
  void what_is_wrong_is_named_with_entry_and_field(String entry, String field, String rule) {
    List<InvalidFieldException> problems = read("rates: [" + entry + "]").problems();
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().field()).isEqualTo(field);
    assertThat(problems.getFirst().rule()).startsWith(rule);
  }

  @Test
  void every_bad_entry_is_named() {
    assertThat(read("rates: [{}, 5, {colour: red}]").problems())
        .extracting(InvalidFieldException::field)
        .containsExactly("rates[0].valid_from", "rates[1]", "rates[2].colour");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|rates must be a list",
        "rates: 5|rates must be a list",
        "rates: []|rates must have 1 to 200",
        "{rates: [{}], more: 1}|more must not be there",
        "'rates: [{}'|body must be YAML, but is not at line",
        "'{rates: [], rates: []}'|body must be YAML",
        "'!!javax.script.ScriptEngineManager []'|body must be YAML"
      })
  void what_is_no_such_document_is_refused(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageStartingWith(message);
  }

  private static RateDocument read(String yaml) {
    return RateDocument.read(RateYaml.parse(yaml.getBytes(StandardCharsets.UTF_8)));
  }
}
