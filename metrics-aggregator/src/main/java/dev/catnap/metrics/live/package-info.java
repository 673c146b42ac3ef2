/** What happens, as it happens. */
@NullMarked
package dev.catnap.metrics.live;

import org.jspecify.annotations.NullMarked;
