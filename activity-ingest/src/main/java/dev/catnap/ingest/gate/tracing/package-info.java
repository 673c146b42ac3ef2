/** What the gate measures of a wake, and its steps in the trace. */
package dev.catnap.ingest.gate.tracing;
