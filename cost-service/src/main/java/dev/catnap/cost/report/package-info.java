/** What readers ask: cost by name and over time, and whether the suite pays for itself. */
package dev.catnap.cost.report;
