/** What this process uses itself. */
package dev.catnap.cost.ledger.process;
