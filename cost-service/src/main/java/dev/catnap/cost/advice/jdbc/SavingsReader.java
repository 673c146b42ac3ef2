package dev.catnap.cost.advice.jdbc;

import dev.catnap.cost.advice.AwakeMeans;
import dev.catnap.cost.advice.ContainerId;
import dev.catnap.cost.advice.Outcome;
import dev.catnap.cost.advice.SavingNotTaken;
import dev.catnap.cost.advice.SavingsNotTaken;
import dev.catnap.cost.database.CostDatabase;
import dev.catnap.cost.ledger.ContainerHistory;
import dev.catnap.cost.ledger.Parts;
import dev.catnap.cost.ledger.Reservation;
import dev.catnap.cost.ledger.Span;
import dev.catnap.cost.ledger.UsageLevels;
import dev.catnap.cost.ledger.UsedHour;
import dev.catnap.cost.ledger.jdbc.BookedHours;
import dev.catnap.cost.ledger.jdbc.HistoryReader;
import dev.catnap.cost.pricing.Level;
import dev.catnap.cost.pricing.RateHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Savings not taken, priced from the facts. Of all services what is booked is priced once, by day,
 * and kept in memory until hours of it are booked again; a twelfth of the heap at most.
 */
public final class SavingsReader {
  private static final long HEAP = Runtime.getRuntime().maxMemory();

  private final CostDatabase database;
  private final HistoryReader histories;
  private final BookedHours hours;
  private final AwakeHours awake;
  private final KeptOutcomes kept;

  public SavingsReader(CostDatabase database) {
    this.database = database;
    this.histories = new HistoryReader(database.jdbc());
    this.hours = new BookedHours(database.jdbc());
    this.awake = new AwakeHours(database.jdbc(), hours, HEAP / 64);
    this.kept = new KeptOutcomes(hours, HEAP / 16);
  }

  /**
   * What is asked for.
   *
   * @param to the present at the latest
   * @param services only these; empty: all
   * @param idleShorterBy by how much the idle timeout would be shorter, more than 0
   */
  public record Question(
      Instant from,
      Instant to,
      Collection<String> services,
      RateHistory rates,
      Duration idleShorterBy) {}

  /** Those worth most first. */
  public List<SavingNotTaken> read(Question asked) {
    SavingsNotTaken savings =
        new SavingsNotTaken(asked.from(), asked.to(), asked.rates(), asked.idleShorterBy());
    List<Map<ContainerId, Outcome>> all =
        database.read(() -> {
          Parts parts = parts(asked);
          return parts.days().isEmpty() ? alone(asked) : withKept(asked, parts);
        });
    all.forEach(outcomes -> outcomes.forEach((id, outcome) -> savings.add(id.service(), outcome)));
    return savings.all();
  }

  /** What is kept may not follow from anything that is not booked yet. */
  private Parts parts(Question asked) {
    Span window = new Span(asked.from(), asked.to());
    BookedHours.Extent booked = hours.extent(asked.rates());
    Instant till = booked.till().minus(asked.idleShorterBy()).truncatedTo(ChronoUnit.HOURS);
    return asked.services().isEmpty()
        ? Parts.of(window, booked.since(), till)
        : new Parts(List.of(window), List.of(), List.of());
  }

  /** The window at once. */
  private List<Map<ContainerId, Outcome>> alone(Question asked) {
    List<Span> window = List.of(new Span(asked.from(), asked.to()));
    List<ContainerHistory> known =
        histories.read(
            OutcomeReader.stretches(
                OutcomeReader.containers(database.jdbc(), asked.services()),
                window.getFirst(),
                asked.idleShorterBy()));
    Map<ContainerId, AwakeMeans> means = new HashMap<>();
    known.forEach(
        history -> means.put(ContainerId.of(history), AwakeMeans.of(within(history, asked))));
    return reader(asked, means).price(known, window);
  }

  /** Hours of the window, and before it as many as the mean looks back. */
  private static List<UsedHour> within(ContainerHistory history, Question asked) {
    Instant first = asked.from().truncatedTo(ChronoUnit.HOURS);
    List<UsedHour> awake =
        history.hours().stream()
            .filter(hour -> !hour.asleep() && hour.hour().isBefore(asked.to()))
            .sorted(Comparator.comparing(UsedHour::hour))
            .toList();
    long before = awake.stream().filter(hour -> hour.hour().isBefore(first)).count();
    return awake.stream().skip(Math.max(0, before - UsageLevels.LOOK_BACK_HOURS)).toList();
  }

  private List<Map<ContainerId, Outcome>> withKept(Question asked, Parts parts) {
    List<ContainerId> containers = OutcomeReader.containers(database.jdbc(), List.of());
    Instant border = parts.days().getLast().to();
    List<ContainerHistory> after = new ArrayList<>();
    parts
        .after()
        .forEach(part ->
            after.addAll(
                histories.readForPricing(
                    OutcomeReader.stretches(containers, part, asked.idleShorterBy()))));
    Map<ContainerId, AwakeMeans> means =
        new HashMap<>(awake.read(new Span(asked.from().truncatedTo(ChronoUnit.HOURS), border)));
    for (ContainerHistory history : after) {
      means.merge(ContainerId.of(history), since(border, history, asked), AwakeMeans::plus);
    }
    OutcomeReader reader = reader(asked, means);
    List<Map<ContainerId, Outcome>> all =
        new ArrayList<>(kept.read(parts.days(), containers, reader));
    parts.before().forEach(part -> all.addAll(reader.read(containers, List.of(part))));
    parts.after().forEach(part -> all.addAll(reader.price(after, List.of(part))));
    return all;
  }

  private static AwakeMeans since(Instant border, ContainerHistory history, Question asked) {
    return AwakeMeans.of(
        history.hours().stream()
            .filter(hour -> !hour.hour().isBefore(border) && hour.hour().isBefore(asked.to()))
            .toList());
  }

  private OutcomeReader reader(Question asked, Map<ContainerId, AwakeMeans> means) {
    Map<String, Reservation> newest = histories.newest(asked.services());
    Map<ContainerId, Reservation> sizes = new HashMap<>();
    means.forEach((id, hours) ->
        hours.rightSize().ifPresent(level -> sizes.put(id, size(level, newest.get(id.service())))));
    return new OutcomeReader(histories, asked.rates(), asked.idleShorterBy(), sizes);
  }

  /** So much set aside, all the time. */
  private static Reservation size(Level level, @Nullable Reservation newest) {
    return new Reservation(
        Instant.EPOCH,
        level.nanoCores(),
        level.bytes(),
        null,
        newest == null ? Map.of() : newest.labels());
  }
}
