/** The audit trail over HTTP. */
package dev.catnap.actuator.transition.http;
