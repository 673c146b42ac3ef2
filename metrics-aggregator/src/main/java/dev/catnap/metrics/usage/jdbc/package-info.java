/** Resource samples, activity and their rollups in PostgreSQL. */
@NullMarked
package dev.catnap.metrics.usage.jdbc;

import org.jspecify.annotations.NullMarked;
