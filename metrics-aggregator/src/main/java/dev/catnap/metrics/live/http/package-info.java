/** What happens, as server-sent events. */
@NullMarked
package dev.catnap.metrics.live.http;

import org.jspecify.annotations.NullMarked;
