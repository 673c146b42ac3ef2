/** History of containers that others wrote down, read as state changes. */
@NullMarked
package dev.catnap.metrics.imports;

import org.jspecify.annotations.NullMarked;
