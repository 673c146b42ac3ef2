/** Status and commands by hand. */
@NullMarked
package dev.catnap.policy.idleness.http;

import org.jspecify.annotations.NullMarked;
