/** Takes in activity, and holds requests to what sleeps until it is awake. */
package dev.catnap.ingest;
