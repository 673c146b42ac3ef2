/** Savings not taken over HTTP. */
package dev.catnap.cost.advice.http;
