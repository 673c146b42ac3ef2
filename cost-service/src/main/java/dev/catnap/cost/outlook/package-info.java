/** What spending will be and where it changed: forecast with its past errors, and anomalies. */
package dev.catnap.cost.outlook;
