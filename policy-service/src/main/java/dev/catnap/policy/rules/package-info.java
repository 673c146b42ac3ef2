/** The rules that keep a service awake or let it sleep, one a function, in their order. Pure. */
@NullMarked
package dev.catnap.policy.rules;

import org.jspecify.annotations.NullMarked;
