/** Events of the Docker engine as JSON. */
@NullMarked
package dev.catnap.metrics.imports.json;

import org.jspecify.annotations.NullMarked;
