/** The facts behind the money: states over time, use by the hour, definitions; cut to be priced. */
package dev.catnap.cost.ledger;
