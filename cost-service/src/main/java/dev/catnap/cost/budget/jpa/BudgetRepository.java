package dev.catnap.cost.budget.jpa;

import org.springframework.data.repository.ListCrudRepository;

/** Budgets in PostgreSQL. */
interface BudgetRepository extends ListCrudRepository<BudgetRow, String> {}
