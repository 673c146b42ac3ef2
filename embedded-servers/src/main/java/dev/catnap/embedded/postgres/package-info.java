/** A real PostgreSQL as a child of this process. */
@NullMarked
package dev.catnap.embedded.postgres;

import org.jspecify.annotations.NullMarked;
