/** One batch, one transaction. */
@NullMarked
package dev.catnap.metrics.fold.jdbc;

import org.jspecify.annotations.NullMarked;
