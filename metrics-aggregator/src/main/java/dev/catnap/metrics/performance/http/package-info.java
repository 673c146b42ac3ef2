/** How the suite itself performs, over HTTP. */
@NullMarked
package dev.catnap.metrics.performance.http;

import org.jspecify.annotations.NullMarked;
