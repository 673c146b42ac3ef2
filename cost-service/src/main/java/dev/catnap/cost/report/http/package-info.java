/** Reports over HTTP. */
package dev.catnap.cost.report.http;
