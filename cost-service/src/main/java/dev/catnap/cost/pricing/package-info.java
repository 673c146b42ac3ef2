/** What a stretch of time costs: rates, intervals, and the one function that prices them. */
package dev.catnap.cost.pricing;
