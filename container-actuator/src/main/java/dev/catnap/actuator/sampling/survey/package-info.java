/** Looks that take the engine long, in a thread of their own. */
package dev.catnap.actuator.sampling.survey;
