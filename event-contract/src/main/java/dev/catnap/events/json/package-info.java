/** The events as JSON. */
package dev.catnap.events.json;
