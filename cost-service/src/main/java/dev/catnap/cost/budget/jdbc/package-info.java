/** Alerts and whether they were told: the outbox. */
package dev.catnap.cost.budget.jdbc;
