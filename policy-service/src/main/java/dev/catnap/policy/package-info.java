/** The policy service: decides when a service sleeps, wakes and stops. */
@NullMarked
package dev.catnap.policy;

import org.jspecify.annotations.NullMarked;
