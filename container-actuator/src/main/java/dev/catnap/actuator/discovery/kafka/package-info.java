/** Definitions found in labels, to Kafka. */
package dev.catnap.actuator.discovery.kafka;
