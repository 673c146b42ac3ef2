/** Facts in PostgreSQL. */
package dev.catnap.cost.ledger.jdbc;
