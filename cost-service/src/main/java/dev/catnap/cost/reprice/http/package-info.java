/** Reprices over HTTP, with the difference that they make. */
package dev.catnap.cost.reprice.http;
