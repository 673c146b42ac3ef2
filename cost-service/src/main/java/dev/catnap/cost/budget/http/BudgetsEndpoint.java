package dev.catnap.cost.budget.http;

import dev.catnap.cost.budget.Budget;
import dev.catnap.cost.budget.jpa.Budgets;
import dev.catnap.cost.budget.process.BudgetStates;
import dev.catnap.kit.http.Page;
import dev.catnap.kit.http.PageQuery;
import dev.catnap.kit.http.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Budgets: what may be spent in a week or a month, and how it stands. */
@Tag(name = "cost")
@RestController
@RequestMapping("/cost/budgets")
public final class BudgetsEndpoint {
  private final Budgets budgets;
  private final BudgetStates states;
  private final Clock clock;

  public BudgetsEndpoint(Budgets budgets, BudgetStates states, Clock clock) {
    this.budgets = budgets;
    this.states = states;
    this.clock = clock;
  }

  @Operation(summary = "All budgets with current and forecast spend")
  @GetMapping
  Page<BudgetView> list(PageQuery page) {
    return Page.of(views(budgets.all()), BudgetView::name, page);
  }

  @Operation(summary = "One budget with current and forecast spend")
  @GetMapping("/{name}")
  BudgetView one(@PathVariable String name) {
    Budget budget = budgets.find(name).orElseThrow(() -> none(name));
    return views(List.of(budget)).getFirst();
  }

  @Operation(summary = "Add or replace a budget")
  @PutMapping("/{name}")
  ResponseEntity<BudgetView> put(@PathVariable String name, @RequestBody BudgetBody body) {
    Budget budget = body.budget(name);
    boolean added = budgets.put(budget);
    BudgetView view = views(List.of(budget)).getFirst();
    return added
        ? ResponseEntity.created(URI.create("/cost/budgets/" + name)).body(view)
        : ResponseEntity.ok(view);
  }

  @Operation(summary = "Remove a budget")
  @DeleteMapping("/{name}")
  ResponseEntity<Void> remove(@PathVariable String name) {
    if (!budgets.remove(name)) {
      throw none(name);
    }
    return ResponseEntity.noContent().build();
  }

  private List<BudgetView> views(Collection<Budget> asked) {
    Instant now = clock.instant();
    String currency = states.currency(now);
    return states.of(asked, now).entrySet().stream()
        .map(entry -> BudgetView.of(entry.getKey(), entry.getValue(), currency))
        .toList();
  }

  private static ProblemException none(String name) {
    return ProblemException.notFound("budget", name);
  }
}
