/** Reports from what is stored. */
package dev.catnap.cost.report.jdbc;
