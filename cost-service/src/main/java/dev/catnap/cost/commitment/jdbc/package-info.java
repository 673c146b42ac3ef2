/** What was used of reserved capacity, from the ledger. */
package dev.catnap.cost.commitment.jdbc;
