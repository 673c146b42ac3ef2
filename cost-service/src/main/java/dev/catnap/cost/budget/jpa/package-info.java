/** Budgets as people edit them. */
package dev.catnap.cost.budget.jpa;
