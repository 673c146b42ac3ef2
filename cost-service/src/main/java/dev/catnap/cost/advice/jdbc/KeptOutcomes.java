package dev.catnap.cost.advice.jdbc;

import dev.catnap.cost.advice.ContainerId;
import dev.catnap.cost.advice.Outcome;
import dev.catnap.cost.advice.Outcomes;
import dev.catnap.cost.ledger.KeptParts;
import dev.catnap.cost.ledger.Span;
import dev.catnap.cost.ledger.jdbc.BookedHours;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Outcomes of days, or of what a window has of them, for all containers: read where they are not
 * kept, or where what they follow from was booked again since.
 */
final class KeptOutcomes {
  /** Four numbers of some 30 digits, and what holds them. */
  private static final long OUTCOME_BYTES = 540;

  private final BookedHours hours;
  private final KeptParts<Key, Map<ContainerId, Outcome>> kept;

  private record Key(Span part, Duration idleShorterBy) {}

  /**
   * @param mostBytes that are kept, about
   */
  KeptOutcomes(BookedHours hours, long mostBytes) {
    this.hours = hours;
    this.kept = new KeptParts<>(mostBytes, outcomes -> OUTCOME_BYTES * outcomes.size());
  }

  /**
   * @param parts one after the other without a gap; what follows from them is booked
   */
  Collection<Map<ContainerId, Outcome>> read(
      List<Span> parts, Collection<ContainerId> containers, OutcomeReader reader) {
    Duration by = reader.idleShorterBy();
    Map<Span, Long> changes = hours.changes(parts.stream().map(part -> around(part, by)).toList());
    Map<Span, Map<ContainerId, Outcome>> known = new LinkedHashMap<>();
    List<Span> missing = new ArrayList<>();
    for (Span part : parts) {
      long change = Objects.requireNonNull(changes.get(around(part, by)));
      Map<ContainerId, Outcome> outcomes = kept.find(new Key(part, by), change);
      if (outcomes == null) {
        missing.add(part);
      } else {
        readMissing(missing, containers, reader, known);
        known.put(part, outcomes);
      }
    }
    readMissing(missing, containers, reader, known);
    resize(known, reader);
    known.forEach((part, outcomes) ->
        kept.keep(
            new Key(part, by), Objects.requireNonNull(changes.get(around(part, by))), outcomes));
    return known.values();
  }

  /** What the outcomes of a part follow from, in full hours. */
  private static Span around(Span part, Duration idleShorterBy) {
    return new Span(
        part.from().minus(Outcomes.BEFORE),
        part.to().plus(idleShorterBy).truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS));
  }

  private static void readMissing(
      List<Span> parts,
      Collection<ContainerId> containers,
      OutcomeReader reader,
      Map<Span, Map<ContainerId, Outcome>> into) {
    if (!parts.isEmpty()) {
      put(parts, reader.read(containers, parts), into);
      parts.clear();
    }
  }

  private static void put(
      List<Span> parts,
      List<Map<ContainerId, Outcome>> outcomes,
      Map<Span, Map<ContainerId, Outcome>> into) {
    for (int i = 0; i < parts.size(); i++) {
      into.put(parts.get(i), outcomes.get(i));
    }
  }

  /** The right size follows from the whole window, so it may be another now. */
  private static void resize(Map<Span, Map<ContainerId, Outcome>> known, OutcomeReader reader) {
    TreeSet<ContainerId> others =
        new TreeSet<>(
            Comparator.comparing(ContainerId::service).thenComparing(ContainerId::container));
    List<Span> parts = new ArrayList<>();
    known.forEach((part, outcomes) ->
        outcomes.forEach((id, outcome) -> {
          if (!Objects.equals(outcome.size(), reader.sizes().get(id))) {
            others.add(id);
          }
        }));
    if (!others.isEmpty()) {
      parts.addAll(known.keySet());
      put(parts, reader.resized(others, parts, List.copyOf(known.values())), known);
    }
  }
}
