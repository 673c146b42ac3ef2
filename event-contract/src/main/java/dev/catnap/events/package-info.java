/**
 * The events of Catnap as plain values: what happened, what should happen, what a service is.
 *
 * <p>This package knows neither JSON nor Kafka; those live in {@code json} and {@code kafka}.
 */
package dev.catnap.events;
