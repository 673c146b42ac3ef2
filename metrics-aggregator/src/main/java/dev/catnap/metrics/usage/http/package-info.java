/** What containers use, over HTTP. */
@NullMarked
package dev.catnap.metrics.usage.http;

import org.jspecify.annotations.NullMarked;
