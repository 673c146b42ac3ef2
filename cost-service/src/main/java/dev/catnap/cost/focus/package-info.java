/** The FOCUS export: charges as rows of the FinOps Open Cost and Usage Specification. */
package dev.catnap.cost.focus;
