/** The database of this service: pool, schema, offsets, and rows written many at a time. */
@NullMarked
package dev.catnap.metrics.storage.jdbc;

import org.jspecify.annotations.NullMarked;
