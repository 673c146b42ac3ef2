/** Definitions from services.yml. */
@NullMarked
package dev.catnap.policy.catalog.file;

import org.jspecify.annotations.NullMarked;
