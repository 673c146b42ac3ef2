/** Which containers are given to us, and what others do to them. */
package dev.catnap.actuator.discovery;
