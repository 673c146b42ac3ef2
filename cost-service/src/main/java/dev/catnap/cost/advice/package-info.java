/** Savings not taken: recorded time priced anew as if something had been done. */
package dev.catnap.cost.advice;
