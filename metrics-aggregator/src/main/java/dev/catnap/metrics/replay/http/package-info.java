/** Replays over HTTP. */
@NullMarked
package dev.catnap.metrics.replay.http;

import org.jspecify.annotations.NullMarked;
