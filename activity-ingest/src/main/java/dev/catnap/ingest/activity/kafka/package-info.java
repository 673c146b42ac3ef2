/** Accepted activity on its way to the log. */
package dev.catnap.ingest.activity.kafka;
