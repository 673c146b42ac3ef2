/** Facts from Kafka. */
package dev.catnap.cost.ledger.kafka;
