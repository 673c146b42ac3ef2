/** Containers that exist in memory only. */
package dev.catnap.actuator.engine.memory;
