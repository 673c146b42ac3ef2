/** Local processes, where there is no Docker. */
package dev.catnap.actuator.engine.process;
