/** What is known of a service, and what follows from it: commands and the next state. Pure. */
@NullMarked
package dev.catnap.policy.idleness;

import org.jspecify.annotations.NullMarked;
