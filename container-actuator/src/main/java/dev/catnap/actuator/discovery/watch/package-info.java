/** Keeps up with the engine: events, lists, comparisons. */
package dev.catnap.actuator.discovery.watch;
