/** Looks at budgets by the clock and tells alerts. */
package dev.catnap.cost.budget.process;
