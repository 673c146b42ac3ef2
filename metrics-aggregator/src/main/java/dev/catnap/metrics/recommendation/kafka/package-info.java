/** Recommendations applied to definitions on the log, watched, and undone. */
@NullMarked
package dev.catnap.metrics.recommendation.kafka;

import org.jspecify.annotations.NullMarked;
