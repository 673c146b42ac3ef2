/** State intervals and wakes in PostgreSQL. */
@NullMarked
package dev.catnap.metrics.history.jdbc;

import org.jspecify.annotations.NullMarked;
