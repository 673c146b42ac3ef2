/** Rate cards over HTTP. */
package dev.catnap.cost.pricing.http;
