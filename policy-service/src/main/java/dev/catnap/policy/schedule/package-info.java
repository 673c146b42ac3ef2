/** Weekly windows in which a service is kept awake. Pure. */
@NullMarked
package dev.catnap.policy.schedule;

import org.jspecify.annotations.NullMarked;
