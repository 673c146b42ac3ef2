/** Answers as CSV, and answers that have not changed. */
@NullMarked
package dev.catnap.metrics.table.http;

import org.jspecify.annotations.NullMarked;
