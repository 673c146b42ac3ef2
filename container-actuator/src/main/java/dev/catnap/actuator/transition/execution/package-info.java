/** Carries commands out: queues, places at the engine, waits, and the order of steps. */
package dev.catnap.actuator.transition.execution;
