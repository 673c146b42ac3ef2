package dev.catnap.cost.pricing.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.catnap.cost.pricing.RateDocument;
import dev.catnap.cost.pricing.RateRules;
import dev.catnap.cost.pricing.RateVersion;
import dev.catnap.cost.pricing.jpa.RateCards;
import dev.catnap.cost.pricing.jpa.RateCards.Change;
import dev.catnap.cost.pricing.yaml.RateYaml;
import dev.catnap.events.InvalidFieldException;
import dev.catnap.kit.http.ProblemException;
import dev.catnap.kit.http.Violation;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Rate cards from a file, all or nothing. A card of the file stands for the one of the same scope
 * and kind that begins at the same time, else it is new; cards that are not in the file stay.
 */
@Tag(name = "cost")
@RestController
public final class RatesImportEndpoint {
  private static final String BY = "import";

  private final RateCards cards;

  public RatesImportEndpoint(RateCards cards) {
    this.cards = cards;
  }

  /** What becomes of an entry; on the wire in lower case. */
  enum Action {
    ADDED,
    CHANGED,
    UNCHANGED
  }

  /**
   * @param entry {@code rates[2]}, counted from 0
   * @param before the card that it replaces, else absent
   * @param after as it is recorded; without number and version where it was only tried
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Imported(String entry, String action, @Nullable RatesView before, RatesView after) {}

  /** Entries = added + changed + unchanged. */
  record Answer(boolean dryRun, long added, long changed, long unchanged, List<Imported> entries) {}

  private record Match(RateDocument.Entry entry, @Nullable RateVersion before) {
    Action action() {
      if (before == null) {
        return Action.ADDED;
      }
      return before.content().equals(entry.card()) ? Action.UNCHANGED : Action.CHANGED;
    }

    Change change() {
      return new Change(
          before == null ? null : before.card(), entry.name() + ".", entry.name(), entry.card());
    }
  }

  @Operation(
      summary = "Import rate cards from YAML",
      description =
          "A list rates, each with valid_from, cpu_hour, memory_gib_hour, storage_gib_month, perhaps"
              + " valid_to, host or label, purchase (on-demand, spot, reserved), currency and so on."
              + " All or nothing. With dryRun=true it says what would change.")
  @PostMapping(
      path = "/cost/rates/import",
      consumes = {"application/yaml", "application/x-yaml", "text/yaml"})
  Answer rates(@RequestBody byte[] body, @RequestParam(defaultValue = "false") boolean dryRun) {
    RateDocument document = RateDocument.read(RateYaml.parse(body));
    refuse(document.problems());
    List<RateVersion> standing = cards.all();
    List<Match> matches = document.entries().stream().map(entry -> match(entry, standing)).toList();
    List<Change> changes =
        matches.stream()
            .filter(match -> match.action() != Action.UNCHANGED)
            .map(Match::change)
            .toList();
    return answer(matches, dryRun, recorded(changes, dryRun));
  }

  private static Match match(RateDocument.Entry entry, List<RateVersion> standing) {
    return standing.stream()
        .filter(one -> RateRules.sameSlot(one.content(), entry.card()))
        .findFirst()
        .map(one -> new Match(entry, one))
        .orElseGet(() -> new Match(entry, null));
  }

  private List<RateVersion> recorded(List<Change> changes, boolean dryRun) {
    try {
      if (!dryRun) {
        return cards.record(changes, BY);
      }
      cards.check(changes);
      return List.of();
    } catch (InvalidFieldException e) {
      throw new InvalidFieldException(RateDocument.written(e.field()), e.rule(), e.value());
    }
  }

  private static Answer answer(List<Match> matches, boolean dryRun, List<RateVersion> recorded) {
    List<Imported> entries = new ArrayList<>();
    int next = 0;
    for (Match match : matches) {
      RateVersion before = match.before();
      RatesView after =
          match.action() == Action.UNCHANGED || dryRun
              ? RatesView.of(match.entry().card())
              : RatesView.of(recorded.get(next++));
      entries.add(
          new Imported(
              match.entry().name(),
              match.action().name().toLowerCase(Locale.ROOT),
              before == null ? null : RatesView.of(before),
              after));
    }
    return new Answer(
        dryRun,
        count(matches, Action.ADDED),
        count(matches, Action.CHANGED),
        count(matches, Action.UNCHANGED),
        entries);
  }

  private static long count(List<Match> matches, Action action) {
    return matches.stream().filter(match -> match.action() == action).count();
  }

  private static void refuse(List<InvalidFieldException> problems) {
    if (problems.isEmpty()) {
      return;
    }
    InvalidFieldException first = problems.getFirst();
    ProblemException refused = ProblemException.invalid(first.field(), first.rule(), first.value());
    for (InvalidFieldException other : problems.subList(1, problems.size())) {
      refused = refused.with(new Violation(other.field(), other.rule(), other.value()));
    }
    throw refused;
  }
}
