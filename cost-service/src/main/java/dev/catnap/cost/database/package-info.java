/** The database of this service: pool, schema, and whether it is there. */
package dev.catnap.cost.database;
