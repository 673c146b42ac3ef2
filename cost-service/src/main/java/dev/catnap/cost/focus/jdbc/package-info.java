/** Reads what the FOCUS export is made of. */
package dev.catnap.cost.focus.jdbc;
