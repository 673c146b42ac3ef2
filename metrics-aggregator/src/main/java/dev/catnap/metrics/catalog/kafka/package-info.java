/** Definitions, read from the log and written to it. */
@NullMarked
package dev.catnap.metrics.catalog.kafka;

import org.jspecify.annotations.NullMarked;
