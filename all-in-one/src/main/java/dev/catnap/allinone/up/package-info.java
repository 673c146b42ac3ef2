/** Broker, database and the five parts in one process: start, progress, stop. */
@NullMarked
package dev.catnap.allinone.up;

import org.jspecify.annotations.NullMarked;
