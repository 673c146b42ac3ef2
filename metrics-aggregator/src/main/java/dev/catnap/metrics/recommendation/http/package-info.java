/** Recommendations, to read and to apply. */
@NullMarked
package dev.catnap.metrics.recommendation.http;

import org.jspecify.annotations.NullMarked;
