/** What the gate knows from the log, and what it tells it. */
package dev.catnap.ingest.gate.kafka;
