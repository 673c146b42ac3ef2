/** The policy as a Kafka Streams topology. */
@NullMarked
package dev.catnap.policy.idleness.kafka;

import org.jspecify.annotations.NullMarked;
