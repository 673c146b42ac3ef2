/** Docker, through docker-java. */
package dev.catnap.actuator.engine.docker;
