/** What containers used and how often services were asked for, minute by minute. */
@NullMarked
package dev.catnap.metrics.usage;

import org.jspecify.annotations.NullMarked;
