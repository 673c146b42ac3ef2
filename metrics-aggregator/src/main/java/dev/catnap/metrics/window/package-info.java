/** The stretch of time a question is about. */
@NullMarked
package dev.catnap.metrics.window;

import org.jspecify.annotations.NullMarked;
