/** Series out of PostgreSQL. */
@NullMarked
package dev.catnap.metrics.trend.jdbc;

import org.jspecify.annotations.NullMarked;
