/** A schema that a service has to itself, and work that is done on it by the clock. */
package dev.catnap.kit.database;
