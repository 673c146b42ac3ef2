/** {@code POST /activity}. */
package dev.catnap.ingest.activity.http;
