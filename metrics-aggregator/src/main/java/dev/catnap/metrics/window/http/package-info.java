/** The window of a question, as query parameters. */
@NullMarked
package dev.catnap.metrics.window.http;

import org.jspecify.annotations.NullMarked;
