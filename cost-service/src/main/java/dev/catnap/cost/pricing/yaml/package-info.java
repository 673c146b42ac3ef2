/** Rate cards as YAML. */
package dev.catnap.cost.pricing.yaml;
