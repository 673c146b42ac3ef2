/** What happens, read from the log. */
@NullMarked
package dev.catnap.metrics.live.kafka;

import org.jspecify.annotations.NullMarked;
