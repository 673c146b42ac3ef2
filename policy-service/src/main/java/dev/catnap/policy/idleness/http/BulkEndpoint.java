package dev.catnap.policy.idleness.http;

import dev.catnap.events.Action;
import dev.catnap.events.Command;
import dev.catnap.policy.catalog.LiveFleet;
import dev.catnap.policy.idleness.BulkPlan;
import dev.catnap.policy.rules.Situation;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Sleep and wake for all that are eligible; a row for each service. */
@Tag(name = "services")
@RestController
public class BulkEndpoint {
  private final ManualCommands commands;
  private final StatusReader reader;
  private final LiveFleet fleet;
  private final InstantSource clock;

  public BulkEndpoint(
      ManualCommands commands, StatusReader reader, LiveFleet fleet, InstantSource clock) {
    this.commands = commands;
    this.reader = reader;
    this.fleet = fleet;
    this.clock = clock;
  }

  /**
   * What was done with one service.
   *
   * @param outcome {@code commanded} or {@code skipped}
   * @param rule which rule left it out; {@code manual} when commanded
   * @param reason why it was left out
   */
  public record Row(
      String service,
      String outcome,
      String rule,
      @Nullable String reason,
      @Nullable Command command) {}

  /** All rows, by name. */
  public record Rows(List<Row> services) {}

  @Operation(summary = "Puts all to sleep that nothing but time keeps awake")
  @PostMapping("/services/sleep-all")
  ResponseEntity<Rows> sleepAll() {
    return command(Action.SLEEP, BulkPlan::sleep);
  }

  @Operation(summary = "Wakes all that rest")
  @PostMapping("/services/wake-all")
  ResponseEntity<Rows> wakeAll() {
    return command(Action.WAKE, BulkPlan::wake);
  }

  private ResponseEntity<Rows> command(
      Action action, Function<Map<String, Situation>, List<BulkPlan.Row>> planner) {
    Instant now = clock.instant();
    Map<String, Situation> situations = new TreeMap<>();
    fleet.names().forEach(name -> situations.put(name, reader.situation(name, now)));
    List<BulkPlan.Row> plan = planner.apply(situations);
    List<String> chosen =
        plan.stream().filter(BulkPlan.Row::isCommanded).map(BulkPlan.Row::service).toList();
    Map<String, Command> given =
        commands.give(chosen, action, now).stream()
            .map(ManualCommands.Given::command)
            .collect(Collectors.toMap(Command::service, Function.identity()));
    return ResponseEntity.accepted()
        .body(new Rows(plan.stream().map(row -> row(row, given)).toList()));
  }

  private static Row row(BulkPlan.Row row, Map<String, Command> given) {
    String rule = row.rule();
    return rule == null
        ? new Row(row.service(), "commanded", "manual", null, given.get(row.service()))
        : new Row(row.service(), "skipped", rule, row.why(), null);
  }
}
