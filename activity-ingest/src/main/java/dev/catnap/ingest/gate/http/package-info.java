/** {@code /gate/{service}}, the forward-auth endpoint of gateways. */
package dev.catnap.ingest.gate.http;
