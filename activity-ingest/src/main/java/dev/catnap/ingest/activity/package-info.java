/** Which reports of activity are accepted, and what becomes of them. Pure: no I/O, no clock. */
package dev.catnap.ingest.activity;
