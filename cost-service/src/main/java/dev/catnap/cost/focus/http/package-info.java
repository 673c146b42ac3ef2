/** The FOCUS export over HTTP. */
package dev.catnap.cost.focus.http;
