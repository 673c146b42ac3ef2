/** Who may pass to a service, who waits, and who is refused. Pure: no I/O, no clock. */
package dev.catnap.ingest.gate;
