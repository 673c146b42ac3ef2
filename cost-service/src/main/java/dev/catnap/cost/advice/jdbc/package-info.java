/** Savings not taken, from what is stored. */
package dev.catnap.cost.advice.jdbc;
