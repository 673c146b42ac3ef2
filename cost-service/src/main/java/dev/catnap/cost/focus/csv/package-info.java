/** The FOCUS export as comma-separated values. */
package dev.catnap.cost.focus.csv;
