/** Definitions and holds over HTTP. */
@NullMarked
package dev.catnap.policy.catalog.http;

import org.jspecify.annotations.NullMarked;
