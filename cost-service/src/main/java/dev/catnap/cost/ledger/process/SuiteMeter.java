package dev.catnap.cost.ledger.process;

import dev.catnap.cost.ledger.SuiteUse;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Notes what this process uses, from its start on: the service alone, or the whole suite where all
 * services share the process. Other processes, such as a database or broker beside it, are not
 * seen.
 */
public final class SuiteMeter {
  private final ProcessUse use;
  private final String host;
  private final String process;
  private Instant from;
  private Instant last;
  private Duration cpuBefore = Duration.ZERO;
  private BigInteger byteMicros = BigInteger.ZERO;

  public SuiteMeter(ProcessUse use, String host) {
    this.use = use;
    this.host = host;
    this.from = use.startedAt().truncatedTo(ChronoUnit.MICROS);
    this.last = from;
    this.process = host + "/" + use.name() + "/" + from.toEpochMilli();
  }

  /**
   * The row of the hour so far; after a full hour the next reading begins a new one. Memory is
   * taken to have been since the last reading what it is now.
   *
   * @return empty where memory cannot be read or time stands still
   */
  public synchronized Optional<SuiteUse> read(Instant now) {
    Instant at = now.truncatedTo(ChronoUnit.MICROS);
    OptionalLong bytes = use.residentBytes();
    if (bytes.isEmpty() || !at.isAfter(last)) {
      return Optional.empty();
    }
    Duration cpu = use.cpuTime();
    BigInteger micros = BigInteger.valueOf(Duration.between(last, at).toNanos() / 1000);
    byteMicros = byteMicros.add(micros.multiply(BigInteger.valueOf(bytes.getAsLong())));
    SuiteUse row =
        new SuiteUse(process, host, from, at, cpu.minus(cpuBefore).toNanos(), byteMicros);
    last = at;
    if (Duration.between(from, at).compareTo(Duration.ofHours(1)) >= 0) {
      from = at;
      cpuBefore = cpu;
      byteMicros = BigInteger.ZERO;
    }
    return Optional.of(row);
  }
}
