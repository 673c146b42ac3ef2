/** Sleeps, wakes and their latency, over HTTP. */
@NullMarked
package dev.catnap.metrics.history.http;

import org.jspecify.annotations.NullMarked;
