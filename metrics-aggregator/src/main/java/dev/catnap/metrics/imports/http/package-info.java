/** Imports over HTTP. */
@NullMarked
package dev.catnap.metrics.imports.http;

import org.jspecify.annotations.NullMarked;
