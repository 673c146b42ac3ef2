/** Figures over time, as series of points. */
@NullMarked
package dev.catnap.metrics.trend;

import org.jspecify.annotations.NullMarked;
