/** Which services there are, by name, group and label. */
@NullMarked
package dev.catnap.metrics.catalog;

import org.jspecify.annotations.NullMarked;
