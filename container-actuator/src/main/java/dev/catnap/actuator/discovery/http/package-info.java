/** Managed containers over HTTP. */
package dev.catnap.actuator.discovery.http;
