/** The catalog as seen on, and written to, the log. */
@NullMarked
package dev.catnap.policy.catalog.kafka;

import org.jspecify.annotations.NullMarked;
