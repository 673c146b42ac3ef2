/** Kafka: clients tuned for the wake path, topics, listeners that lose nothing, dead letters. */
package dev.catnap.kit.kafka;
