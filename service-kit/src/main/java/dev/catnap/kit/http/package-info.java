/** HTTP: problem details for every error, durations and times in queries, pages, OpenAPI. */
package dev.catnap.kit.http;
