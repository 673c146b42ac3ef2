/** Commands from, and state changes to, Kafka. */
package dev.catnap.actuator.transition.kafka;
