/** Distributions that only count, so that they are merged in any order with the same result. */
@NullMarked
package dev.catnap.metrics.sketch;

import org.jspecify.annotations.NullMarked;
