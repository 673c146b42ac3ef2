package dev.catnap.cost.budget.process;

import dev.catnap.cost.budget.BudgetAlert;
import dev.catnap.cost.budget.http.Webhook;
import dev.catnap.cost.budget.jdbc.AlertOutbox;
import dev.catnap.cost.budget.jpa.Budgets;
import dev.catnap.cost.budget.kafka.AlertTopic;
import dev.catnap.kit.database.PeriodicJob;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at all budgets now and then, raises alerts, and tells what is due every second. */
public final class BudgetWatch extends PeriodicJob {
  private static final Logger log = LoggerFactory.getLogger(BudgetWatch.class);
  private static final Duration TELL_EVERY = Duration.ofSeconds(1);

  private final Budgets budgets;
  private final BudgetStates states;
  private final AlertOutbox outbox;
  private final AlertTopic topic;
  private final Webhook webhook;
  private final Clock clock;
  private final Duration interval;

  /**
   * @param interval between two looks
   */
  public BudgetWatch(
      Budgets budgets,
      BudgetStates states,
      AlertOutbox outbox,
      AlertTopic topic,
      Webhook webhook,
      Clock clock,
      Duration interval) {
    super("cost-budgets");
    this.budgets = budgets;
    this.states = states;
    this.outbox = outbox;
    this.topic = topic;
    this.webhook = webhook;
    this.clock = clock;
    this.interval = interval;
  }

  @Override
  protected void schedule(Turns turns) {
    turns.every(interval, this::look);
    turns.every(TELL_EVERY, this::tell);
  }

  private void look() {
    Instant now = clock.instant();
    String currency = states.currency(now);
    states
        .of(budgets.all(), now)
        .forEach((budget, state) ->
            state
                .reached()
                .forEach(threshold ->
                    outbox.raise(
                        BudgetAlert.of(budget, state, threshold, currency, now),
                        budget.webhook(),
                        AlertTopic.NAME)));
  }

  private void tell() {
    for (AlertOutbox.Due due : outbox.take(clock.instant())) {
      String problem = attempt(due);
      if (problem == null) {
        outbox.delivered(due, clock.instant());
      } else {
        outbox.failed(due, problem, clock.instant());
        log.atInfo()
            .addKeyValue("alert", due.alertId())
            .addKeyValue("way", due.way())
            .addKeyValue("attempts", due.attempts())
            .addKeyValue("reason", problem)
            .log("budget alert not told, tried again later");
      }
    }
  }

  /** Null when it was told. */
  private @Nullable String attempt(AlertOutbox.Due due) {
    try {
      switch (due.way()) {
        case TOPIC -> topic.send(due.budget(), due.payload());
        case WEBHOOK -> webhook.post(due.target(), due.alertId(), due.payload());
      }
      return null;
    } catch (IOException | KafkaException | IllegalArgumentException e) {
      return String.valueOf(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
