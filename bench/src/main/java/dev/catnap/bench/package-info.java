/**
 * Benchmarks: each prints our figure, the limit or peer measured in the same run, and the ratio.
 */
package dev.catnap.bench;
