/** What services there are, and who needs whom. Pure. */
@NullMarked
package dev.catnap.policy.catalog;

import org.jspecify.annotations.NullMarked;
