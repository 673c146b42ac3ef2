/** The events on Kafka: topics, headers, and views that follow a topic. */
package dev.catnap.events.kafka;
