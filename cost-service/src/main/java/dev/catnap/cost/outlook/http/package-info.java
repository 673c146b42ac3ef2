/** Forecast, anomalies and the month's report over HTTP. */
package dev.catnap.cost.outlook.http;
