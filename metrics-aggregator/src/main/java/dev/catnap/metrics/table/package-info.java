/** Answers as tables. */
@NullMarked
package dev.catnap.metrics.table;

import org.jspecify.annotations.NullMarked;
