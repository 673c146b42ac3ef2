/** cost-service: states and samples become money. */
package dev.catnap.cost;
