/** What replays were asked for, and the generation that is being built. */
@NullMarked
package dev.catnap.metrics.replay.jdbc;

import org.jspecify.annotations.NullMarked;
