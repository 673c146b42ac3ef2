/** What runs containers, as a port; the implementations are the child packages. */
package dev.catnap.actuator.engine;
