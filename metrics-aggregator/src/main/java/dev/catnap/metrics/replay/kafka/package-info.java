/** Reads the log from its beginning. */
@NullMarked
package dev.catnap.metrics.replay.kafka;

import org.jspecify.annotations.NullMarked;
