/** Reserved capacity over HTTP. */
package dev.catnap.cost.commitment.http;
