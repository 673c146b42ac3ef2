/** Samples, to Kafka. */
package dev.catnap.actuator.sampling.kafka;
