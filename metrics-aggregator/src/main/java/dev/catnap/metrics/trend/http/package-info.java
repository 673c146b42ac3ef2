/** Series, over HTTP. */
@NullMarked
package dev.catnap.metrics.trend.http;

import org.jspecify.annotations.NullMarked;
