/** Takes records from the log into the tables, each once in effect. */
@NullMarked
package dev.catnap.metrics.fold;

import org.jspecify.annotations.NullMarked;
