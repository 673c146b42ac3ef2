/** Budgets over HTTP, in and out. */
package dev.catnap.cost.budget.http;
