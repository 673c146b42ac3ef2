/** Reserved capacity: who used it, who exceeded it, and what of it was paid for nothing. */
package dev.catnap.cost.commitment;
