package dev.catnap.ingest.gate.http;

import java.time.Duration;

/**
 * How long requests are held.
 *
 * @param usual where the request does not say
 * @param most what requests may ask for at most
 * @param beforePage how long a browser is held before it is shown a page
 */
public record GateTimes(Duration usual, Duration most, Duration beforePage) {}
