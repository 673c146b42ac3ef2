/** A real Kafka broker in this process. */
@NullMarked
package dev.catnap.embedded.kafka;

import org.jspecify.annotations.NullMarked;
