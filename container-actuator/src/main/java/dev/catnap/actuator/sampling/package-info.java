/** What containers use. */
package dev.catnap.actuator.sampling;
