/** Reads the log from where the tables stand. */
@NullMarked
package dev.catnap.metrics.fold.kafka;

import org.jspecify.annotations.NullMarked;
