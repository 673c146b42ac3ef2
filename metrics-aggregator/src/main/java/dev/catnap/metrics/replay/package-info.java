/** History told again: built anew from the log, or a stretch of it once more. */
@NullMarked
package dev.catnap.metrics.replay;

import org.jspecify.annotations.NullMarked;
