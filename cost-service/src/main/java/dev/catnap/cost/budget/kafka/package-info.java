/** Alerts on the log. */
package dev.catnap.cost.budget.kafka;
