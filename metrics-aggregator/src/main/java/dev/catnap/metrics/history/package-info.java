/** What state each container was in, from when to when, and how long its wakes took. */
@NullMarked
package dev.catnap.metrics.history;

import org.jspecify.annotations.NullMarked;
